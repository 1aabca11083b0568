package equerry.direct.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// In how many readings a document can be loaded, when what has a lower rank must be loaded first.
/// One is enough for documents that butlers write, which are in that order.
final class LoadOrder {
  private final Map<Integer, long[]> places = new TreeMap<>();

  /// Says that a part of a rank is at a position, positions ascending.
  void add(int rank, long position) {
    places.computeIfAbsent(rank, r -> new long[] {position, position})[1] = position;
  }

  /// The ranks to load in each reading.
  List<Set<Integer>> passes() {
    List<Set<Integer>> passes = new ArrayList<>();
    long end = Long.MAX_VALUE;
    for (Map.Entry<Integer, long[]> place : places.entrySet()) {
      if (place.getValue()[0] < end || passes.isEmpty()) {
        passes.add(new HashSet<>());
      }
      passes.getLast().add(place.getKey());
      end = place.getValue()[1];
    }
    return passes;
  }
}
