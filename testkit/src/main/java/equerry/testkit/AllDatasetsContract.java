package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Searches of many dataset types at once.
public abstract class AllDatasetsContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("all_datasets");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
