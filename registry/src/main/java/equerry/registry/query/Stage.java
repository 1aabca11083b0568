package equerry.registry.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SelectSelectStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A SELECT under construction: a FROM clause, a condition, and the columns it offers.
///
/// Columns of subqueries are called `c1`, `c2`, … in the order of their selection.
final class Stage {
  private final Flavor flavor;
  private final @Nullable Table<?> from;
  private final Condition condition;
  private final Map<LogicalColumn, SqlValue> columns;
  private final int depth;

  Stage(Flavor flavor, JoinStage joins, List<LogicalColumn> wanted) {
    this(flavor, joins.from(), joins.condition(), Planner.ordered(joins.columns(), wanted), 0);
  }

  private Stage(
      Flavor flavor,
      @Nullable Table<?> from,
      Condition condition,
      Map<LogicalColumn, SqlValue> columns,
      int depth) {
    this.flavor = flavor;
    this.from = from;
    this.condition = condition;
    this.columns = columns;
    this.depth = depth;
  }

  Map<LogicalColumn, SqlValue> columns() {
    return columns;
  }

  SqlValue value(LogicalColumn column) {
    return Objects.requireNonNull(columns.get(column));
  }

  static String label(int place) {
    return "c" + place;
  }

  /// This stage with a further condition on its rows.
  Stage where(Condition further) {
    return new Stage(flavor, from, condition.and(further), columns, depth);
  }

  /// A stage over the distinct rows of this one.
  Stage distinct() {
    return nest(columns, (dsl, fields) -> dsl.selectDistinct(fields), List.of(), List.of());
  }

  /// A stage over one row of this one for each value of the keys.
  Stage distinctOn(List<Field<?>> keys) {
    return nest(
        columns,
        (dsl, fields) -> (SelectSelectStep<?>) dsl.select(fields).distinctOn(keys),
        List.of(),
        List.of());
  }

  /// A stage over groups of this one's rows, with columns that may be aggregates.
  Stage grouped(Map<LogicalColumn, SqlValue> aggregated, List<Field<?>> keys) {
    return nest(aggregated, (dsl, fields) -> dsl.select(fields), keys, List.of());
  }

  /// A stage over this one's rows with a number for each within its partition.
  Stage numbered(List<Field<?>> partition, Field<?> rank) {
    List<Field<?>> groups = partition.stream().<Field<?>>map(flavor::grouping).toList();
    Field<Integer> number =
        groups.isEmpty()
            ? DSL.rowNumber().over(DSL.orderBy(rank))
            : DSL.rowNumber().over(DSL.partitionBy(groups).orderBy(rank));
    return nest(
        columns, (dsl, fields) -> dsl.select(fields), List.of(), List.of(number.as(ROW_NUMBER)));
  }

  private static final String ROW_NUMBER = "row_number_";

  /// The number that [#numbered] gave.
  Field<?> rowNumber() {
    return DSL.field(DSL.name(alias(depth), ROW_NUMBER));
  }

  private static String alias(int depth) {
    return "s" + depth;
  }

  /// How a SELECT of fields begins.
  private interface Start {
    SelectSelectStep<?> select(DSLContext dsl, List<SelectFieldOrAsterisk> fields);
  }

  private Stage nest(
      Map<LogicalColumn, SqlValue> selected,
      Start start,
      List<Field<?>> groupBy,
      List<SelectField<?>> extra) {
    List<SelectFieldOrAsterisk> fields = new ArrayList<>(labelled(selected));
    fields.addAll(extra);
    SelectConditionStep<?> select = rows(start.select(flavor.dsl(), atLeastOne(fields)));
    Select<?> finished = groupBy.isEmpty() ? select : select.groupBy(groupBy);
    String alias = alias(depth + 1);
    Map<LogicalColumn, SqlValue> outer = new LinkedHashMap<>();
    int[] place = {0};
    selected.forEach(
        (column, value) -> {
          List<Field<?>> renamed = new ArrayList<>();
          value
              .fields()
              .forEach(
                  field ->
                      renamed.add(
                          DSL.field(DSL.name(alias, label(++place[0])), field.getDataType())));
          outer.put(column, new SqlValue(renamed));
        });
    return new Stage(
        flavor, finished.asTable(DSL.name(alias)), DSL.noCondition(), outer, depth + 1);
  }

  private SelectConditionStep<?> rows(SelectSelectStep<?> select) {
    return from == null ? select.where(condition) : select.from(from).where(condition);
  }

  private static List<SelectField<?>> labelled(Map<LogicalColumn, SqlValue> columns) {
    List<SelectField<?>> fields = new ArrayList<>();
    columns
        .values()
        .forEach(
            value ->
                value
                    .fields()
                    .forEach(field -> fields.add(field.as(DSL.name(label(fields.size() + 1))))));
    return fields;
  }

  private static List<SelectFieldOrAsterisk> atLeastOne(List<SelectFieldOrAsterisk> fields) {
    return fields.isEmpty() ? List.of(DSL.inline(1).as(DSL.name(label(1)))) : fields;
  }

  /// The finished statement with these columns, in this order.
  ///
  /// @param checks what to check on the rows; their columns are among the stage's
  Plan finish(
      List<LogicalColumn> order,
      List<Check> checks,
      List<? extends SortField<?>> sort,
      @Nullable Long limit) {
    Map<LogicalColumn, SqlValue> selected = Planner.ordered(columns, withHidden(order, checks));
    Map<LogicalColumn, Integer> places = new LinkedHashMap<>();
    int place = 1;
    for (Map.Entry<LogicalColumn, SqlValue> entry : selected.entrySet()) {
      places.put(entry.getKey(), place);
      place += entry.getValue().fields().size();
    }
    List<SelectFieldOrAsterisk> fields = new ArrayList<>(labelled(selected));
    var ordered = rows(flavor.dsl().select(atLeastOne(fields))).orderBy(sort);
    return new Plan(limit == null ? ordered : ordered.limit(limit), places, flavor, checks);
  }

  private List<LogicalColumn> withHidden(List<LogicalColumn> order, List<Check> checks) {
    Set<LogicalColumn> all = new LinkedHashSet<>(order);
    checks.forEach(check -> all.addAll(check.columns()));
    LogicalColumn count = new LogicalColumn.MatchCount();
    if (columns.containsKey(count)) {
      all.add(count);
    }
    return List.copyOf(all);
  }

  /// The number of rows.
  Select<?> count(List<LogicalColumn> order) {
    Select<?> inner =
        rows(
            flavor
                .dsl()
                .select(atLeastOne(new ArrayList<>(labelled(Planner.ordered(columns, order))))));
    return flavor.dsl().selectCount().from(inner.asTable(DSL.name("counted")));
  }
}
