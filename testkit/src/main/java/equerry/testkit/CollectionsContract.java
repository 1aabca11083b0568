package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Collections: names, globs, chains, documentation, summaries.
public abstract class CollectionsContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("collections");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
