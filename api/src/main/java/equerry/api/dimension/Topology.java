package equerry.api.dimension;

import java.util.List;

/// A family of elements whose regions or timespans nest, such as tract and patch.
///
/// @param space whether its members have regions or timespans
/// @param name the family's name in the universe; a skypix system is a family of its own
/// @param members element names from the finest to the coarsest
public record Topology(Space space, String name, List<String> members) {
  /// What the members of a family have.
  public enum Space {
    SPATIAL,
    TEMPORAL
  }

  public Topology {
    members = List.copyOf(members);
  }
}
