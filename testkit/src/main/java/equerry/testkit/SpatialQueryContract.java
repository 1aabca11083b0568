package equerry.testkit;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Queries that join regions, or compare them with a place on the sky.
public abstract class SpatialQueryContract extends ButlerContract {
  static List<Question> questions() {
    return Questions.of("spatial");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void joinsRegions(Question question) {
    check(question);
  }
}
