package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.Topology;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.Predicate.Operator;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Decides the spatial and temporal joins of a query.
///
/// Families of regions and of timespans (each calibration search is one of its own) must be
/// connected ([Connections]); a join that is missing is added between their finest members.
final class Overlaps {
  private final DimensionGroup dimensions;
  private final Map<String, Topology> families = new HashMap<>();
  private final Connections spatial;
  private final Connections temporal;
  private final SpatialTerms terms;

  /// @param calibrations dataset types whose searches may meet validity ranges
  Overlaps(DimensionGroup dimensions, Collection<String> calibrations) {
    this.dimensions = dimensions;
    this.spatial = new Connections(Topology.Space.SPATIAL, names(dimensions.spatial()));
    this.temporal =
        new Connections(
            Topology.Space.TEMPORAL,
            Stream.concat(calibrations.stream(), names(dimensions.temporal()).stream()).toList());
    this.terms = new SpatialTerms(dimensions, spatial, this::noteOverlap);
  }

  private List<String> names(Set<Topology> topologies) {
    topologies.forEach(topology -> families.put(topology.name(), topology));
    return topologies.stream().map(Topology::name).toList();
  }

  /// The spatial joins and limits that were found or added.
  Spatial spatial() {
    return terms.spatial();
  }

  /// The condition without its spatial part, and with the temporal join that is needed beside it.
  ///
  /// @throws ButlerException.Invalid (invalid_query, unimplemented_query)
  Predicate run(Predicate predicate, Stream<DimensionGroup> operands) {
    Predicate rest = terms.extract(predicate);
    operands.forEach(this::connectWithin);
    spatial.missing().ifPresent(join -> terms.join(finest(join.a()), finest(join.b())));
    return rest.and(temporalJoin());
  }

  private void noteOverlap(Predicate.Comparison comparison) {
    String a = temporalFamily(comparison.a());
    String b = temporalFamily(comparison.b());
    boolean isOneSearch = a.equals(b) && comparison.a() instanceof Expression.DatasetField;
    if (a.isEmpty() || b.isEmpty() || isOneSearch) {
      return;
    }
    if (a.equals(b)) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "Temporal join between "
              + comparison.a()
              + " and "
              + comparison.b()
              + " is not necessary.");
    }
    temporal.connect(a, b);
  }

  /// The family of a timespan column, empty for anything else.
  private static String temporalFamily(Expression expression) {
    return switch (expression) {
      case Expression.DimensionField field when field.type() == ColumnType.TIMESPAN ->
          field.element().temporal().map(Topology::name).orElse("");
      case Expression.DatasetField field when field.type() == ColumnType.TIMESPAN ->
          field.datasetType();
      case Expression other -> "";
    };
  }

  /// Families that an operand already relates need no further join.
  private void connectWithin(DimensionGroup operand) {
    connectAll(spatial, operand, operand.spatial());
    connectAll(temporal, operand, operand.temporal());
  }

  private void connectAll(
      Connections connections, DimensionGroup operand, Set<Topology> topologies) {
    List<String> contained =
        topologies.stream()
            .map(Topology::name)
            .filter(name -> operand.containsElement(finest(name).name()))
            .toList();
    for (int i = 1; i < contained.size(); i++) {
      connections.connect(contained.getFirst(), contained.get(i));
    }
  }

  /// The finest member of a family that is in the query.
  private DimensionElement finest(String family) {
    Topology topology = families.get(family);
    if (topology == null) {
      throw new IllegalStateException("No family " + family);
    }
    return topology.members().stream()
        .filter(dimensions::containsElement)
        .map(name -> dimensions.universe().element(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No member of " + family));
  }

  private Predicate temporalJoin() {
    return temporal
        .missing()
        .<Predicate>map(
            join ->
                new Predicate.Comparison(timespan(join.a()), Operator.OVERLAPS, timespan(join.b())))
        .orElse(Predicate.TRUE);
  }

  /// The timespan of a family, or of a calibration search.
  private Expression timespan(String family) {
    if (!families.containsKey(family)) {
      return new Expression.DatasetField(family, DatasetColumn.TIMESPAN);
    }
    DimensionElement element = finest(family);
    return new Expression.DimensionField(element, element.findField("timespan").orElseThrow());
  }
}
