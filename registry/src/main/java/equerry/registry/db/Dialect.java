package equerry.registry.db;

import equerry.api.time.Timespan;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// What differs between the two databases: how values are kept, and a few words of SQL.
///
/// The encodings are those of the stock package's tables: UUIDs are 32 hex digits in SQLite; a
/// timespan is two integers in SQLite and an `int8range` in PostgreSQL.
public sealed interface Dialect permits SqliteDialect, PostgresDialect {
  static Dialect sqlite() {
    return new SqliteDialect();
  }

  static Dialect postgres() {
    return new PostgresDialect();
  }

  SQLDialect jooq();

  /// A condition that a column's value is in a list, given as one parameter.
  ///
  /// @param element the type of the list's elements
  String inList(String column, ListElement element);

  /// What to select the column `value` from, to have the values of a list, given as one parameter,
  /// as rows.
  String listRows();

  /// What a list parameter holds.
  enum ListElement {
    INTEGER,
    TEXT,
    UUID
  }

  /// An expression for the JSON array of the given columns of one row.
  String jsonArray(List<String> columns);

  /// An aggregate that joins a text expression over rows in an order.
  String joinedText(String expression, String orderBy);

  /// The columns to select for a timespan, named `timespan` in its table.
  List<String> timespanColumns(String table);

  /// The columns that hold a timespan, named `timespan`, in statements that write it.
  List<String> timespanNames();

  /// A timespan as the text of a PostgreSQL `int8range`: no number for an unbounded side.
  static String rangeText(Timespan timespan) {
    if (timespan.isEmpty()) {
      return PostgresDialect.EMPTY_RANGE;
    }
    String begin =
        timespan.beginNanos() == Timespan.MIN_NANOS ? "" : Long.toString(timespan.beginNanos());
    String end =
        timespan.endNanos() == Timespan.MAX_NANOS ? "" : Long.toString(timespan.endNanos());
    return "[" + begin + "," + end + ")";
  }

  /// A condition that a table's `timespan` overlaps another.
  Sql timespanOverlaps(String table, Timespan other);

  /// The part of a table's `timespan` before an instant that it reaches, as [#timespanValue].
  Sql timespanUntil(String table, long nanos);

  /// The part of a table's `timespan` from an instant on that it reaches, as [#timespanValue].
  Sql timespanFrom(String table, long nanos);

  /// A timespan in a list of values to insert; the text is the same for every timespan.
  ///
  /// It fills the columns `timespan_begin` and `timespan_end` in SQLite, `timespan` in PostgreSQL.
  Sql timespanValue(@Nullable Timespan value);

  /// A value to insert into a column that the database numbers. Ask for it with `RETURNING`.
  ///
  /// SQLite gives one more than the largest; PostgreSQL's columns have no default, so the sequence
  /// must be asked.
  String nextNumber(String table, String column);

  /// Whether there is a table of a name, as a statement with one row if so and none if not.
  Sql tableExists(String name);

  /// What to add to a statement that reads rows so that other writers wait until this transaction
  /// has ended; they wait from its begin in SQLite.
  String rowLock();

  /// As [#rowLock], but rows that another transaction has locked are left out.
  default String skippingRowLock() {
    return rowLock().isEmpty() ? "" : rowLock() + " SKIP LOCKED";
  }

  /// The part of a text before the first occurrence of another.
  ///
  /// @param mark no quotes
  String textBefore(String expression, String mark);

  /// The statement that makes other writers of tables wait until this transaction has ended, while
  /// readers go on; empty where they wait from its begin.
  Optional<String> tableLock(List<String> tables);

  /// Sets a parameter (see [Sql#parameters] for the kinds of values).
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException;

  UUID uuid(ResultSet row, int index) throws SQLException;

  /// Reads the columns that [#timespanColumns] selects, starting at an index.
  @Nullable Timespan timespan(ResultSet row, int index) throws SQLException;

  /// Whether an error says that a table or column does not exist.
  boolean isUndefinedObject(SQLException error);

  /// Whether an error says that a statement is too long or too deeply nested.
  boolean isTooComplex(SQLException error);
}
