package equerry.testkit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The queries of [QueryContract], put together step by step ([Selection]) and answered with typed
/// objects.
public abstract class SelectionContract extends ButlerContract {
  /// What a selection has no step for.
  private static final Set<String> BEYOND = Set.of("materialized", "inQuery");

  static List<Question> questions() {
    return Questions.of("query").stream()
        .filter(question -> BEYOND.stream().noneMatch(question::has))
        .toList();
  }

  @Override
  Object ask(Question question) {
    return new SelectionAsking(butler()).ask(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(Question question) {
    check(question);
  }
}
