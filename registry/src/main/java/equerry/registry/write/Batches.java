package equerry.registry.write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Cuts what is to be written or asked for into pieces that one statement takes.
public final class Batches {
  private Batches() {}

  /// The elements in their order, in lists of a size; the last may be shorter.
  public static <T> Iterable<List<T>> of(Collection<T> all, int size) {
    List<T> list = all instanceof List<T> same ? same : new ArrayList<>(all);
    List<List<T>> pieces = new ArrayList<>();
    for (int i = 0; i < list.size(); i += size) {
      pieces.add(list.subList(i, Math.min(i + size, list.size())));
    }
    return pieces;
  }
}
