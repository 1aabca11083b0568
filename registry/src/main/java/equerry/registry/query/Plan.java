package equerry.registry.query;

import equerry.registry.db.Sql;
import java.util.List;
import java.util.Map;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.conf.ParamType;

/// A statement that is ready to run.
///
/// @param select the statement
/// @param places the first column (counted from 1) of each logical column
/// @param checks what to check on its rows
record Plan(
    Select<?> select, Map<LogicalColumn, Integer> places, Flavor flavor, List<Check> checks) {
  /// The statement's text and parameters.
  Sql sql() {
    return sql(flavor, select);
  }

  /// The text and parameters of any statement.
  static Sql sql(Flavor flavor, Select<?> select) {
    String text = flavor.dsl().renderContext().paramType(ParamType.INDEXED).visit(select).render();
    List<Object> values =
        flavor.dsl().extractParams(select).values().stream()
            .filter(param -> !param.isInline())
            .<Object>map(Param::getValue)
            .toList();
    return new Sql(text, values);
  }
}
