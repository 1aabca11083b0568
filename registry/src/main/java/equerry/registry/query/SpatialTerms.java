package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.Topology;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.Predicate.Operator;
import equerry.registry.dimension.SkyPixels;
import equerry.sphere.Region;
import equerry.sphere.RegionFormatException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Takes the spatial conditions out of a predicate and makes joins, limits and pixel ranges of them.
///
/// Only conditions that every row must meet can be taken: what is left to check after SQL cannot
/// stand under OR or NOT.
final class SpatialTerms {
  private final DimensionGroup dimensions;
  private final DimensionElement common;
  private final Connections connections;
  private final Consumer<Predicate.Comparison> temporal;
  private final Set<DimensionElement> pixelTables = new LinkedHashSet<>();
  private final List<Spatial.Join> joins = new ArrayList<>();
  private final List<Spatial.Limit> limits = new ArrayList<>();

  /// @param connections is told which families of regions the conditions connect
  /// @param temporal is told every other overlap, in the order of the condition: of several faults
  ///     the first is reported
  SpatialTerms(
      DimensionGroup dimensions, Connections connections, Consumer<Predicate.Comparison> temporal) {
    this.dimensions = dimensions;
    this.common = SkyPixels.common(dimensions.universe());
    this.connections = connections;
    this.temporal = temporal;
  }

  Spatial spatial() {
    return new Spatial(pixelTables, joins, limits);
  }

  /// The predicate without its spatial conditions; pixels that these limit are left in it.
  ///
  /// @throws ButlerException.Invalid (invalid_query, unimplemented_query)
  Predicate extract(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And and ->
          new Predicate.And(and.operands().stream().map(this::extract).toList());
      case Predicate.Or or when or.operands().size() == 1 -> extract(or.operands().getFirst());
      case Predicate.Comparison c when isSpatial(c) -> replace(c);
      case Predicate.Comparison c when c.operator() == Operator.OVERLAPS -> {
        temporal.accept(c);
        yield c;
      }
      case Predicate.Or or -> refuseWithin(or);
      case Predicate.Not not -> refuseWithin(not);
      case Predicate.Leaf leaf -> leaf;
    };
  }

  private static boolean isSpatial(Predicate.Comparison comparison) {
    return comparison.operator() == Operator.OVERLAPS && comparison.a().type() == ColumnType.REGION;
  }

  private Predicate refuseWithin(Predicate predicate) {
    switch (predicate) {
      case Predicate.And and -> and.operands().forEach(this::refuseWithin);
      case Predicate.Or or -> or.operands().forEach(this::refuseWithin);
      case Predicate.Not not -> refuseWithin(not.operand());
      case Predicate.Comparison c when isSpatial(c) ->
          throw unimplemented(
              "Spatial overlap constraints nested inside OR or NOT are not supported.");
      case Predicate.Comparison c when c.operator() == Operator.OVERLAPS -> temporal.accept(c);
      case Predicate.Leaf leaf -> {}
    }
    return predicate;
  }

  private static ButlerException unimplemented(String message) {
    return new ButlerException.Invalid(ErrorCode.UNIMPLEMENTED_QUERY, message);
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }

  private Predicate replace(Predicate.Comparison comparison) {
    Expression a = comparison.a();
    Expression b = comparison.b();
    if (a instanceof Expression.DimensionField left
        && b instanceof Expression.DimensionField right) {
      join(left.element(), right.element());
      return Predicate.TRUE;
    }
    if (a instanceof Expression.DimensionField field
        && b instanceof Expression.BytesLiteral literal) {
      return limit(field.element(), literal);
    }
    if (b instanceof Expression.DimensionField field
        && a instanceof Expression.BytesLiteral literal) {
      return limit(field.element(), literal);
    }
    throw invalid(
        "Spatial overlap comparison requires at least one dimension region column; got "
            + a
            + " and "
            + b
            + ".");
  }

  /// Joins two elements whose regions overlap.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for elements of one family,
  ///     (unimplemented_query) for pixels of another system than the common one
  void join(DimensionElement a, DimensionElement b) {
    String left = family(a);
    String right = family(b);
    if (left.equals(right)) {
      throw invalid("Spatial join between " + a + " and " + b + " is not necessary.");
    }
    connections.connect(left, right);
    if (a.hasTable() && b.hasTable()) {
      joins.add(new Spatial.Join(a, b));
      if (dimensions.contains(common.name())) {
        pixelTables.add(a);
        pixelTables.add(b);
      }
    } else if (a == common && b.hasTable()) {
      pixelTables.add(b);
    } else if (b == common && a.hasTable()) {
      pixelTables.add(a);
    } else {
      throw unimplemented("Unsupported combination for spatial join: (" + a + ", " + b + ").");
    }
  }

  private static String family(DimensionElement element) {
    return element.spatial().map(Topology::name).orElse(element.name());
  }

  private Predicate limit(DimensionElement element, Expression.BytesLiteral literal) {
    Region region = decode(literal);
    if (!element.hasTable()) {
      return SkyPixels.within(element, region);
    }
    limits.add(new Spatial.Limit(element, region));
    if (dimensions.contains(common.name())) {
      pixelTables.add(element);
      return SkyPixels.within(common, region);
    }
    return Predicate.TRUE;
  }

  private static Region decode(Expression.BytesLiteral literal) {
    try {
      return Region.decode(literal.bytes().content());
    } catch (RegionFormatException broken) {
      throw invalid("A region in the query cannot be read: " + broken.getMessage());
    }
  }
}
