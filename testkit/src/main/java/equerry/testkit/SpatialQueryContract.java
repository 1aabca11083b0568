package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Queries that join regions or times: refused until there is such a join.
public abstract class SpatialQueryContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("spatial");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void isRefused(Question question) {
    check(question);
  }
}
