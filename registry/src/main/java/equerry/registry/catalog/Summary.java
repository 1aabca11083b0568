package equerry.registry.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What one RUN, TAGGED or CALIBRATION collection may hold.
///
/// @param typeIds keys of dataset types
/// @param governors values by governor dimension; a governor without values has an empty set
public record Summary(Set<Long> typeIds, Map<String, Set<String>> governors) {
  static Summary empty(Iterable<String> governors) {
    Map<String, Set<String>> values = new HashMap<>();
    governors.forEach(governor -> values.put(governor, new HashSet<>()));
    return new Summary(new HashSet<>(), values);
  }

  void addAll(Summary other) {
    typeIds.addAll(other.typeIds);
    other.governors.forEach(
        (governor, values) ->
            governors.computeIfAbsent(governor, name -> new HashSet<>()).addAll(values));
  }
}
