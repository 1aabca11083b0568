package equerry.registry.query;

import equerry.api.dimension.DimensionElement;
import equerry.sphere.Region;
import java.util.List;
import java.util.Set;

/// The spatial part of a query.
///
/// @param pixelTables elements whose overlaps with the common skypix dimension of the query are
///     joined
/// @param joins pairs of elements whose regions must overlap
/// @param limits elements whose regions must overlap a given one
record Spatial(Set<DimensionElement> pixelTables, List<Join> joins, List<Limit> limits) {
  /// Two elements whose regions must overlap.
  record Join(DimensionElement a, DimensionElement b) {}

  /// An element whose region must overlap a given one.
  record Limit(DimensionElement element, Region region) {}

  Spatial {
    joins = List.copyOf(joins);
    limits = List.copyOf(limits);
  }
}
