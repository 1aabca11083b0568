package equerry.registry.query;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import java.util.List;
import java.util.Set;

/// Which tables a query needs though none of their columns are wanted: those that alone tie its
/// dimensions together, and those that give keys which nothing else gives.
final class Relationships {
  private final DimensionUniverse universe;
  private final ElementOperands elements;

  Relationships(DimensionUniverse universe, ElementOperands elements) {
    this.universe = universe;
    this.elements = elements;
  }

  /// Whether an element's table must be joined because it alone ties its dimensions together.
  boolean isMissing(DimensionElement element, BoundQuery query) {
    if (!element.definesRelationships()) {
      return false;
    }
    Set<String> members = Set.copyOf(universe.group(element.required()).names());
    boolean given =
        query.uploads().values().stream()
                .anyMatch(upload -> upload.dimensions().required().containsAll(members))
            || query.datasets().values().stream()
                .anyMatch(d -> d.type().type().dimensions().required().containsAll(members))
            || query.materializations().values().stream()
                .anyMatch(m -> m.dimensions().contains(element.name()));
    return !given;
  }

  /// Joins tables for keys that nothing has given yet, those first that give several.
  void joinMissingKeys(DimensionGroup dimensions, JoinStage stage) {
    List<String> missing = missing(dimensions, stage);
    while (!missing.isEmpty()) {
      DimensionElement best = universe.element(missing.getFirst());
      long most = 0;
      for (String name : missing) {
        DimensionElement candidate = universe.element(name);
        long gain = candidate.dependencies().filter(missing::contains).count();
        if (gain > most) {
          best = candidate;
          most = gain;
        }
      }
      stage.join(elements.records(best, List.of()));
      missing = missing(dimensions, stage);
    }
  }

  private static List<String> missing(DimensionGroup dimensions, JoinStage stage) {
    return dimensions.names().stream().filter(name -> !stage.hasKey(name)).toList();
  }
}
