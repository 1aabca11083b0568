package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults of the caller: the right kind, and a message that can be shown.
public abstract class ErrorContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("errors");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void failsAsTheStockPackage(Question question) {
    check(question);
  }
}
