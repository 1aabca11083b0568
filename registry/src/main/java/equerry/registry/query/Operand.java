package equerry.registry.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Something that a statement joins by the dimensions that it shares with the rest: a table, a few
/// tables joined among themselves, or a subquery.
final class Operand {
  private final Table<?> table;
  private final List<Join> joins = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final Map<String, Field<?>> keys = new LinkedHashMap<>();
  private final Map<LogicalColumn, SqlValue> columns = new LinkedHashMap<>();

  /// A further table of the same operand.
  record Join(Table<?> table, Condition on) {}

  Operand(Table<?> table) {
    this.table = table;
  }

  Table<?> table() {
    return table;
  }

  List<Join> joins() {
    return joins;
  }

  List<Condition> conditions() {
    return conditions;
  }

  /// The fields that hold dimension keys, by dimension.
  Map<String, Field<?>> keys() {
    return keys;
  }

  /// Everything else that it offers.
  Map<LogicalColumn, SqlValue> columns() {
    return columns;
  }

  Operand join(Table<?> other, Condition on) {
    joins.add(new Join(other, on));
    return this;
  }

  Operand where(Condition condition) {
    conditions.add(condition);
    return this;
  }

  Operand key(String dimension, Field<?> field) {
    keys.put(dimension, field);
    return this;
  }

  Operand column(LogicalColumn column, SqlValue value) {
    columns.put(column, value);
    return this;
  }

  /// The column of a table under a dimension's own name.
  Operand keyColumns(Iterable<String> dimensions) {
    dimensions.forEach(name -> key(name, Flavor.column(table, name)));
    return this;
  }

  static Table<?> table(String name) {
    return DSL.table(DSL.name(name));
  }

  static Table<?> table(String name, String alias) {
    return DSL.table(DSL.name(name)).as(DSL.name(alias));
  }
}
