package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Dataset types: names and globs.
public abstract class DatasetTypesContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("dataset_types");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
