package equerry.testkit;

import equerry.api.Butler;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Repositories of every dimension universe, and of the old schemas that are still in use.
public abstract class VariantContract extends ButlerContract {
  private @Nullable Butler butler;

  /// A butler on the repository with the given name.
  protected abstract Butler butler(String variant);

  @Override
  protected final Butler butler() {
    if (butler == null) {
      throw new IllegalStateException("No variant is chosen.");
    }
    return butler;
  }

  static Stream<Arguments> questions() {
    return Questions.variants().stream()
        .flatMap(
            variant ->
                Questions.ofVariant(variant).stream()
                    .map(question -> Arguments.of(variant, question)));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheStockPackage(String variant, Question question) {
    butler = butler(variant);
    check(question);
  }
}
