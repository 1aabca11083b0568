package equerry.registry.query;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
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

  /// The pixels of the common skypix dimension that an element's regions overlap.
  Operand overlaps(DimensionElement element, Map<String, Object> constraints) {
    DimensionElement common = universe.element(universe.config().commonSkypix());
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
