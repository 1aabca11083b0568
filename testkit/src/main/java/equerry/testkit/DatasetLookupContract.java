package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Single datasets: data IDs of every form, search order, validity ranges, identities.
public abstract class DatasetLookupContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("lookup");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
