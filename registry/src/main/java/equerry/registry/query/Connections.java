package equerry.registry.query;

import equerry.api.dimension.Topology;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which families of regions, or of timespans, are connected in a query.
///
/// Every two of them must be: by a condition, by an operand that already relates them, or else by a
/// join between the last two that are apart.
final class Connections {
  private final String kind;
  private final List<Set<String>> sets = new ArrayList<>();

  Connections(Topology.Space space, Iterable<String> families) {
    this.kind = space.name().toLowerCase(Locale.ROOT);
    families.forEach(name -> sets.add(new LinkedHashSet<>(List.of(name))));
  }

  /// Notes that two families are related.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for one that is not in the query
  void connect(String a, String b) {
    Set<String> left = containing(a);
    Set<String> right = containing(b);
    if (left != right) {
      left.addAll(right);
      sets.removeIf(set -> set == right);
    }
  }

  private Set<String> containing(String name) {
    return sets.stream()
        .filter(set -> set.contains(name))
        .findFirst()
        .orElseThrow(
            () -> invalid("The " + kind + " column of '" + name + "' is not part of this query."));
  }

  /// Two families that still need a join.
  record Missing(String a, String b) {}

  /// The join that is missing, if there is one.
  ///
  /// @throws ButlerException.Invalid (invalid_query) when it is not clear which one is
  Optional<Missing> missing() {
    if (sets.size() > 2) {
      throw invalid(
          ("Too many disconnected sets of %1$s families for an automatic join: %2$s. Add explicit"
                  + " %1$s joins to avoid this error.")
              .formatted(kind, sets));
    }
    if (sets.size() < 2) {
      return Optional.empty();
    }
    if (sets.stream().anyMatch(set -> set.size() > 1)) {
      throw invalid(
          ("A %1$s join is needed between %2$s and %3$s, but which join to add is ambiguous. Add an"
                  + " explicit %1$s join to avoid this error.")
              .formatted(kind, sets.get(0), sets.get(1)));
    }
    return Optional.of(new Missing(sets.get(0).iterator().next(), sets.get(1).iterator().next()));
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
