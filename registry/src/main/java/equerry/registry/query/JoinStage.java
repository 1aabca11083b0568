package equerry.registry.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The FROM and WHERE clauses of a statement, grown operand by operand.
///
/// Every dimension that a new operand shares with those before it is equated.
final class JoinStage {
  private final Map<LogicalColumn, SqlValue> columns = new LinkedHashMap<>();
  private final List<Condition> conditions = new ArrayList<>();
  private @Nullable Table<?> from;

  /// The FROM clause; null as long as nothing is joined.
  @Nullable Table<?> from() {
    return from;
  }

  Condition condition() {
    return DSL.and(conditions);
  }

  Map<LogicalColumn, SqlValue> columns() {
    return columns;
  }

  boolean hasKey(String dimension) {
    return columns.containsKey(new LogicalColumn.Key(dimension));
  }

  void where(Condition condition) {
    conditions.add(condition);
  }

  void join(Operand operand) {
    List<Condition> on = new ArrayList<>();
    operand.keys().forEach((dimension, field) -> equate(dimension, field, on));
    Table<?> before = from;
    Table<?> joined;
    if (before == null) {
      joined = operand.table();
      conditions.addAll(on);
    } else if (on.isEmpty()) {
      joined = before.crossJoin(operand.table());
    } else {
      joined = before.join(operand.table()).on(DSL.and(on));
    }
    for (Operand.Join join : operand.joins()) {
      joined = joined.join(join.table()).on(join.on());
    }
    from = joined;
    conditions.addAll(operand.conditions());
    columns.putAll(operand.columns());
  }

  private void equate(String dimension, Field<?> field, List<Condition> on) {
    SqlValue known = columns.get(new LogicalColumn.Key(dimension));
    if (known == null) {
      columns.put(new LogicalColumn.Key(dimension), SqlValue.of(field));
    } else {
      on.add(DSL.condition("{0} = {1}", known.scalar(), field));
    }
  }
}
