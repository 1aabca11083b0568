package equerry.direct.exchange;

import java.util.ArrayList;
import java.util.List;

/// Cuts lists into pieces.
final class Batches {
  private Batches() {}

  static <T> List<List<T>> of(List<T> list, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int start = 0; start < list.size(); start += size) {
      batches.add(list.subList(start, Math.min(start + size, list.size())));
    }
    return batches;
  }
}
