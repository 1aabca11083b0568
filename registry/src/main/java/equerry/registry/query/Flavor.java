package equerry.registry.query;

import equerry.api.time.Timespan;
import equerry.registry.db.Dialect;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// The fragments of a query's SQL in which the two databases differ.
///
/// Timespans are two integers on SQLite and one `int8range` on PostgreSQL (see [Dialect]).
sealed interface Flavor permits SqliteFlavor, PostgresFlavor {
  static Flavor of(Dialect dialect) {
    return switch (dialect.jooq()) {
      case POSTGRES -> new PostgresFlavor();
      default -> new SqliteFlavor();
    };
  }

  DSLContext dsl();

  /// The `timespan` of a table.
  SqlValue timespan(Table<?> table);

  SqlValue timespanLiteral(Timespan timespan);

  Condition overlaps(SqlValue a, SqlValue b);

  /// Whether a timespan holds an instant in TAI nanoseconds.
  Condition contains(SqlValue timespan, Field<?> instant);

  Condition isNull(SqlValue timespan);

  /// The begin of a timespan; 0 where it is null or unbounded.
  Field<?> begin(SqlValue timespan);

  /// The end of a timespan. Where it is unbounded this is the largest instant on SQLite and 0 on
  /// PostgreSQL, as in the stock package.
  Field<?> end(SqlValue timespan);

  Field<?> uuidLiteral(UUID uuid);

  /// An instant in TAI nanoseconds as the UTC timestamp that older repositories keep.
  Field<?> utcTimestamp(long taiNanos);

  /// Any one of the values of a group.
  Field<?> anyOf(Field<?> field);

  /// The texts of a group, joined.
  Field<?> joinText(Field<?> text, String separator);

  /// A field by which rows are grouped, so written that the database chooses its indexes by the
  /// conditions and not for that order.
  Field<?> grouping(Field<?> field);

  /// Whether `SELECT DISTINCT ON` is at hand.
  boolean hasDistinctOn();

  Condition glob(Field<?> text, String pattern);

  /// Whether a value is one of a list of integers or of strings, given as one parameter.
  Condition among(Field<?> member, List<Object> values);

  /// True division, also of integers.
  Field<?> divide(Field<?> a, Field<?> b);

  /// A table of uploaded rows with columns `c0`, `c1`, ….
  ///
  /// @param rows rows of longs and strings, each as long as `columns`
  Table<?> upload(String alias, int columns, List<List<Object>> rows);

  static Field<?> field(String template, Object... parts) {
    return DSL.field(template, parts);
  }

  static Field<?> column(Table<?> table, String name) {
    return DSL.field(DSL.name(table.getName(), name));
  }
}
