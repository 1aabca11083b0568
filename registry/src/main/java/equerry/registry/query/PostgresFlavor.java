package equerry.registry.query;

import equerry.api.time.Timespan;
import equerry.registry.db.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// PostgreSQL's fragments.
final class PostgresFlavor implements Flavor {
  private static final DSLContext DSL_CONTEXT = DSL.using(SQLDialect.POSTGRES);

  @Override
  public DSLContext dsl() {
    return DSL_CONTEXT;
  }

  @Override
  public SqlValue timespan(Table<?> table) {
    return SqlValue.of(Flavor.column(table, "timespan"));
  }

  @Override
  public SqlValue timespanLiteral(Timespan timespan) {
    return SqlValue.of(
        Flavor.field("CAST({0} AS int8range)", DSL.val(Dialect.rangeText(timespan))));
  }

  @Override
  public Condition overlaps(SqlValue a, SqlValue b) {
    return DSL.condition("{0} && {1}", a.scalar(), b.scalar());
  }

  @Override
  public Condition contains(SqlValue timespan, Field<?> instant) {
    return DSL.condition("{0} @> CAST({1} AS bigint)", timespan.scalar(), instant);
  }

  @Override
  public Condition isNull(SqlValue timespan) {
    return timespan.scalar().isNull();
  }

  @Override
  public Field<?> begin(SqlValue timespan) {
    return Flavor.field("coalesce(lower({0}), 0)", timespan.scalar());
  }

  @Override
  public Field<?> end(SqlValue timespan) {
    return Flavor.field("coalesce(upper({0}), 0)", timespan.scalar());
  }

  @Override
  public Field<?> uuidLiteral(UUID uuid) {
    return DSL.val(uuid);
  }

  @Override
  public Field<?> utcTimestamp(long taiNanos) {
    return Flavor.field("CAST({0} AS timestamp)", DSL.val(UtcText.of(taiNanos)));
  }

  /// `any_value` exists only from PostgreSQL 16 on.
  @Override
  public Field<?> anyOf(Field<?> field) {
    return Flavor.field("(array_agg({0}))[1]", field);
  }

  @Override
  public Field<?> joinText(Field<?> text, String separator) {
    return Flavor.field("string_agg({0}, {1})", text, DSL.inline(separator));
  }

  @Override
  public Field<?> grouping(Field<?> field) {
    return field;
  }

  @Override
  public boolean hasDistinctOn() {
    return true;
  }

  @Override
  public Condition glob(Field<?> text, String pattern) {
    StringBuilder like = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean literal = c == '\\' && i + 1 < pattern.length();
      char shown = literal ? pattern.charAt(++i) : c;
      if (!literal && (shown == '*' || shown == '?')) {
        like.append(shown == '*' ? '%' : '_');
      } else {
        like.append("%_\\".indexOf(shown) >= 0 ? "\\" + shown : String.valueOf(shown));
      }
    }
    return DSL.condition("{0} LIKE {1}", text, DSL.val(like.toString()));
  }

  @Override
  public Condition among(Field<?> member, List<Object> values) {
    return values.getFirst() instanceof String
        ? DSL.condition(
            "{0} = ANY(CAST({1} AS text[]))", member, DSL.val(values.toArray(String[]::new)))
        : DSL.condition(
            "{0} = ANY(CAST({1} AS bigint[]))", member, DSL.val(values.toArray(Long[]::new)));
  }

  @Override
  public Field<?> divide(Field<?> a, Field<?> b) {
    return Flavor.field("({0} / CAST({1} AS numeric))", a, b);
  }

  @Override
  public Table<?> upload(String alias, int columns, List<List<Object>> rows) {
    List<QueryPart> arrays = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      int column = i;
      boolean text = !rows.isEmpty() && rows.getFirst().get(i) instanceof String;
      places.add("CAST({" + i + "} AS " + (text ? "text[]" : "bigint[]") + ")");
      arrays.add(
          text
              ? DSL.val(rows.stream().map(row -> (String) row.get(column)).toArray(String[]::new))
              : DSL.val(rows.stream().map(row -> (Long) row.get(column)).toArray(Long[]::new)));
    }
    String names =
        IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String list =
        IntStream.range(0, columns).mapToObj(i -> "r.c" + i).collect(Collectors.joining(", "));
    return DSL.table(
            "(SELECT "
                + list
                + " FROM unnest("
                + String.join(", ", places)
                + ") AS r("
                + names
                + "))",
            arrays.toArray(QueryPart[]::new))
        .as(DSL.name(alias));
  }
}
