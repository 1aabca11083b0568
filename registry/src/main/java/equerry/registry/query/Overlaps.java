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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Decides the spatial and temporal joins of a query.
///
/// Families of regions and of timespans (each calibration search is one of its own) must be
/// connected: by a condition, by an operand that already relates them, or else by a join that is
/// added here between the finest members of the last two unconnected families.
final class Overlaps {
  /// A family and what stands for it in this query.
  ///
  /// @param name the family's name
  /// @param column region or timespan of its finest member in the query
  private record Family(String name, Expression column) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final DimensionGroup dimensions;
  private final List<Set<Family>> spatial = new ArrayList<>();
  private final List<Set<Family>> temporal = new ArrayList<>();
  private final Set<String> overlapTables = new LinkedHashSet<>();

  Overlaps(DimensionGroup dimensions, Collection<String> calibrations) {
    this.dimensions = dimensions;
    dimensions.spatial().forEach(family -> spatial.add(singleton(family)));
    calibrations.forEach(
        type ->
            temporal.add(
                new LinkedHashSet<>(
                    List.of(
                        new Family(
                            type, new Expression.DatasetField(type, DatasetColumn.TIMESPAN))))));
    dimensions.temporal().forEach(family -> temporal.add(singleton(family)));
  }

  private Set<Family> singleton(Topology topology) {
    return new LinkedHashSet<>(List.of(family(topology)));
  }

  private Family family(Topology topology) {
    DimensionElement finest = finest(topology);
    String field = topology.space() == Topology.Space.SPATIAL ? "region" : "timespan";
    Expression column =
        finest.skypix().isPresent()
            ? new Expression.DimensionKey(finest)
            : finest
                .findField(field)
                .<Expression>map(found -> new Expression.DimensionField(finest, found))
                .orElseGet(() -> new Expression.DimensionKey(finest));
    return new Family(topology.name(), column);
  }

  private DimensionElement finest(Topology topology) {
    return topology.members().stream()
        .filter(dimensions::containsElement)
        .map(name -> dimensions.universe().element(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No member of " + topology.name()));
  }

  /// Elements whose table of overlaps with the common skypix dimension is to be joined.
  Set<String> overlapTables() {
    return overlapTables;
  }

  /// The condition with the joins that are needed beside it.
  ///
  /// @throws ButlerException.Invalid (invalid_query, unimplemented_query)
  Predicate run(Predicate predicate, Stream<DimensionGroup> operands) {
    note(predicate, false);
    operands.forEach(this::connectWithin);
    joinSpatially();
    return predicate.and(temporalJoin());
  }

  private void note(Predicate part, boolean nested) {
    switch (part) {
      case Predicate.And and -> and.operands().forEach(each -> note(each, nested));
      case Predicate.Or or ->
          or.operands().forEach(each -> note(each, nested || or.operands().size() > 1));
      case Predicate.Not not -> note(not.operand(), true);
      case Predicate.Comparison c when c.operator() == Operator.OVERLAPS -> noteOverlap(c, nested);
      case Predicate.Leaf leaf -> {}
    }
  }

  private void noteOverlap(Predicate.Comparison comparison, boolean nested) {
    if (comparison.a().type() == ColumnType.REGION) {
      throw unimplementedSpatial(nested);
    }
    String a = temporalFamily(comparison.a());
    String b = temporalFamily(comparison.b());
    if (a.isEmpty() || b.isEmpty()) {
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
    connect(temporal, a, b);
  }

  private static ButlerException unimplementedSpatial(boolean nested) {
    return new ButlerException.Invalid(
        ErrorCode.UNIMPLEMENTED_QUERY,
        nested
            ? "Spatial overlap constraints nested inside OR or NOT are not supported."
            : "Spatial constraints and joins are not supported yet.");
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
      List<Set<Family>> connections, DimensionGroup operand, Set<Topology> families) {
    List<Topology> contained =
        families.stream().filter(family -> operand.containsElement(finest(family).name())).toList();
    for (int i = 1; i < contained.size(); i++) {
      connect(connections, contained.getFirst().name(), contained.get(i).name());
    }
  }

  private static void connect(List<Set<Family>> connections, String a, String b) {
    Set<Family> left = containing(connections, a);
    Set<Family> right = containing(connections, b);
    if (left != right) {
      left.addAll(right);
      connections.removeIf(set -> set == right);
    }
  }

  private static Set<Family> containing(List<Set<Family>> connections, String name) {
    return connections.stream()
        .filter(set -> set.stream().anyMatch(family -> family.name().equals(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.INVALID_QUERY,
                    "The timespan of '" + name + "' is not part of this query."));
  }

  private static boolean needsJoin(String kind, List<Set<Family>> connections) {
    if (connections.size() > 2) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "Too many disconnected sets of %1$s families for an automatic join: %2$s. Add explicit %1$s joins to avoid this error."
              .formatted(kind, connections));
    }
    if (connections.size() == 2 && connections.stream().anyMatch(set -> set.size() > 1)) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "A %1$s join is needed between %2$s and %3$s, but which join to add is ambiguous. Add an explicit %1$s join to avoid this error."
              .formatted(kind, connections.get(0), connections.get(1)));
    }
    return connections.size() == 2;
  }

  /// A join with the common skypix dimension needs only its table; others are not made yet.
  private void joinSpatially() {
    if (!needsJoin("spatial", spatial)) {
      return;
    }
    String common = dimensions.universe().config().commonSkypix();
    List<Expression> columns = spatial.stream().map(set -> set.iterator().next().column()).toList();
    boolean withCommon =
        columns.stream()
            .anyMatch(
                c ->
                    c instanceof Expression.DimensionKey key
                        && key.dimension().name().equals(common));
    List<DimensionElement> withTable =
        columns.stream()
            .filter(Expression.DimensionField.class::isInstance)
            .map(c -> ((Expression.DimensionField) c).element())
            .toList();
    if (!withCommon || withTable.size() != 1) {
      throw unimplementedSpatial(false);
    }
    overlapTables.add(withTable.getFirst().name());
  }

  private Predicate temporalJoin() {
    if (!needsJoin("temporal", temporal)) {
      return Predicate.TRUE;
    }
    Expression a = temporal.get(0).iterator().next().column();
    Expression b = temporal.get(1).iterator().next().column();
    return new Predicate.Comparison(a, Operator.OVERLAPS, b);
  }
}
