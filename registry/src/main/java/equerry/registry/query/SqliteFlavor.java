package equerry.registry.query;

import equerry.api.time.Timespan;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/// SQLite's fragments.
final class SqliteFlavor implements Flavor {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DSLContext DSL_CONTEXT = DSL.using(SQLDialect.SQLITE);

  @Override
  public DSLContext dsl() {
    return DSL_CONTEXT;
  }

  @Override
  public SqlValue timespan(Table<?> table) {
    return SqlValue.of(
        Flavor.column(table, "timespan_begin"), Flavor.column(table, "timespan_end"));
  }

  @Override
  public SqlValue timespanLiteral(Timespan timespan) {
    return SqlValue.of(DSL.val(timespan.beginNanos()), DSL.val(timespan.endNanos()));
  }

  @Override
  public Condition overlaps(SqlValue a, SqlValue b) {
    return DSL.condition(
        "({0} > {1} AND {2} > {3})",
        a.fields().get(1), b.fields().get(0), b.fields().get(1), a.fields().get(0));
  }

  @Override
  public Condition contains(SqlValue timespan, Field<?> instant) {
    return DSL.condition(
        "({0} <= {1} AND {2} > {1})", timespan.fields().get(0), instant, timespan.fields().get(1));
  }

  @Override
  public Condition isNull(SqlValue timespan) {
    return timespan.fields().getFirst().isNull();
  }

  @Override
  public Field<?> begin(SqlValue timespan) {
    return Flavor.field("coalesce({0}, 0)", timespan.fields().get(0));
  }

  @Override
  public Field<?> end(SqlValue timespan) {
    return Flavor.field("coalesce({0}, 0)", timespan.fields().get(1));
  }

  @Override
  public Field<?> uuidLiteral(UUID uuid) {
    return DSL.val(uuid.toString().replace("-", ""));
  }

  @Override
  public Field<?> utcTimestamp(long taiNanos) {
    return DSL.val(UtcText.of(taiNanos));
  }

  /// SQLite takes a bare column of a group from any of its rows.
  @Override
  public Field<?> anyOf(Field<?> field) {
    return field;
  }

  @Override
  public Field<?> joinText(Field<?> text, String separator) {
    return Flavor.field("group_concat({0}, {1})", text, DSL.inline(separator));
  }

  /// Without statistics, SQLite would rather read an instrument's whole table in order than sort a
  /// few rows; a unary plus takes the index out of its sight
  /// (https://www.sqlite.org/optoverview.html, section 9).
  @Override
  public Field<?> grouping(Field<?> field) {
    return Flavor.field("+{0}", field);
  }

  @Override
  public boolean hasDistinctOn() {
    return false;
  }

  @Override
  public Condition glob(Field<?> text, String pattern) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean literal = c == '\\' && i + 1 < pattern.length();
      char shown = literal ? pattern.charAt(++i) : c;
      boolean bracketed = shown == '[' || shown == ']' || literal && (shown == '*' || shown == '?');
      escaped.append(bracketed ? "[" + shown + "]" : shown);
    }
    return DSL.condition("{0} GLOB {1}", text, DSL.val(escaped.toString()));
  }

  @Override
  public Condition among(Field<?> member, List<Object> values) {
    return DSL.condition(
        "{0} IN (SELECT value FROM json_each({1}))",
        member, DSL.val(JSON.writeValueAsString(values)));
  }

  @Override
  public Field<?> divide(Field<?> a, Field<?> b) {
    return Flavor.field("({0} / ({1} + 0.0))", a, b);
  }

  /// The limit, which takes all, keeps SQLite from reading the rows anew for each row of the table
  /// that they are joined to: it reads them first, and looks each up in an index.
  @Override
  public Table<?> upload(String alias, int columns, List<List<Object>> rows) {
    String list =
        IntStream.range(0, columns)
            .mapToObj(i -> "json_extract(value, '$[" + i + "]') AS c" + i)
            .collect(Collectors.joining(", "));
    return DSL.table(
            "(SELECT " + list + " FROM json_each({0}) LIMIT -1)",
            DSL.val(JSON.writeValueAsString(rows)))
        .as(DSL.name(alias));
  }
}
