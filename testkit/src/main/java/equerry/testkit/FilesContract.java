package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is known of the files of datasets.
public abstract class FilesContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("files");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
