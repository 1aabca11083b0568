package equerry.registry.query;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.dimension.SkyPixels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Makes the operands of dimension elements: their tables and their overlaps with the sky.
final class ElementOperands {
  private final DimensionUniverse universe;
  private final Flavor flavor;

  ElementOperands(DimensionUniverse universe, Flavor flavor) {
    this.universe = universe;
    this.flavor = flavor;
  }

  /// The records of an element.
  ///
  /// @throws ButlerException.Invalid (unimplemented_query) for one without a table
  Operand records(DimensionElement element, Collection<Column> fields) {
    if (element.impliedUnionTarget().isPresent()) {
      return impliedUnion(element, element.impliedUnionTarget().get());
    }
    if (!element.hasTable()) {
      throw new ButlerException.Invalid(
          ErrorCode.UNIMPLEMENTED_QUERY,
          "Cannot join dimension element " + element + " with no table.");
    }
    Table<?> table = Operand.table(element.name());
    Operand operand = new Operand(table);
    for (int i = 0; i < element.required().size(); i++) {
      String column = element.recordColumns().get(i).name();
      operand.key(element.required().get(i), Flavor.column(table, column));
    }
    operand.keyColumns(element.implied());
    for (Column field : fields) {
      LogicalColumn.Field logical = new LogicalColumn.Field(element, field);
      operand.column(
          logical,
          logical.isTimespan()
              ? flavor.timespan(table)
              : SqlValue.of(Flavor.column(table, field.name())));
    }
    return operand;
  }

  /// The distinct values of a dimension in the table of the one that implies it.
  private Operand impliedUnion(DimensionElement element, String target) {
    String alias = element.name() + "_values";
    Table<?> values =
        DSL.selectDistinct(DSL.field(DSL.name(element.name())))
            .from(Operand.table(universe.element(target).name()))
            .asTable(DSL.name(alias));
    return new Operand(values).keyColumns(element.required());
  }

  /// The data IDs of two elements that share a pixel of the common skypix dimension.
  Operand sharingPixels(
      Spatial.Join join, Map<String, Object> constraints, Duplicates duplicates, String alias) {
    JoinStage stage = new JoinStage();
    stage.join(overlaps(join.a(), constraints));
    stage.join(overlaps(join.b(), constraints));
    Set<String> dimensions = new LinkedHashSet<>(join.a().required());
    dimensions.addAll(join.b().required());
    return subquery(stage, dimensions, duplicates, alias);
  }

  /// The data IDs of an element that share a pixel with a region.
  Operand nearRegion(
      Spatial.Limit limit, Map<String, Object> constraints, Duplicates duplicates, String alias) {
    JoinStage stage = new JoinStage();
    Operand operand = overlaps(limit.element(), constraints);
    DimensionElement common = SkyPixels.common(universe);
    Field<?> pixel = operand.keys().get(common.name());
    List<Condition> ranges = new ArrayList<>();
    SkyPixels.coarseEnvelope(common, limit.region())
        .ranges()
        .forEach(
            range ->
                ranges.add(
                    DSL.condition(
                        "({0} >= {1} AND {0} < {2})",
                        pixel, DSL.val(range.begin()), DSL.val(range.end()))));
    stage.join(operand.where(Balanced.or(ranges)));
    return subquery(stage, limit.element().required(), duplicates, alias);
  }

  /// Whether a data ID comes once for each pixel or once.
  enum Duplicates {
    KEPT,
    REMOVED
  }

  private Operand subquery(
      JoinStage stage, Collection<String> dimensions, Duplicates duplicates, String alias) {
    List<SelectField<?>> fields = new ArrayList<>();
    for (String dimension : dimensions) {
      SqlValue value =
          Objects.requireNonNull(stage.columns().get(new LogicalColumn.Key(dimension)));
      fields.add(value.scalar().as(DSL.name(dimension)));
    }
    var start =
        duplicates == Duplicates.KEPT
            ? flavor.dsl().select(fields)
            : flavor.dsl().selectDistinct(fields);
    Table<?> table =
        start
            .from(Objects.requireNonNull(stage.from()))
            .where(stage.condition())
            .asTable(DSL.name(alias));
    return new Operand(table).keyColumns(dimensions);
  }

  /// The pixels of the common skypix dimension that an element's regions overlap.
  Operand overlaps(DimensionElement element, Map<String, Object> constraints) {
    DimensionElement common = SkyPixels.common(universe);
    DimensionElement.Skypix pixels = common.skypix().orElseThrow();
    Table<?> table = Operand.table(element.name() + "_skypix_overlap");
    Operand operand =
        new Operand(table)
            .keyColumns(element.required())
            .key(common.name(), Flavor.column(table, "skypix_index"))
            .where(
                DSL.condition(
                    "{0} = {1} AND {2} = {3}",
                    Flavor.column(table, "skypix_system"),
                    DSL.val(pixels.system()),
                    Flavor.column(table, "skypix_level"),
                    DSL.val((long) pixels.level())));
    for (String dimension : Set.copyOf(element.required())) {
      Object value = constraints.get(dimension);
      if (value != null) {
        operand.where(DSL.condition("{0} = {1}", Flavor.column(table, dimension), DSL.val(value)));
      }
    }
    return operand;
  }
}
