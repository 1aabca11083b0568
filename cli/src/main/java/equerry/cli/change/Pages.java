package equerry.cli.change;

import java.util.List;
import java.util.function.Consumer;

/// Hands long lists on in parts.
final class Pages {
  /// How many datasets are handed on at once.
  static final int MAX_DATASETS = 10_000;

  private Pages() {}

  static <T> void each(List<T> all, Consumer<List<T>> consumer) {
    for (int from = 0; from < all.size(); from += MAX_DATASETS) {
      consumer.accept(all.subList(from, Math.min(all.size(), from + MAX_DATASETS)));
    }
  }
}
