package equerry.registry.db;

import equerry.api.time.Timespan;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// PostgreSQL: lists travel as arrays, timespans as `int8range`.
final class PostgresDialect implements Dialect {
  static final String EMPTY_RANGE = "empty";
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_COLUMN = "42703";

  @Override
  public SQLDialect jooq() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public String inList(String column, ListElement element) {
    return column + " = ANY(?)";
  }

  @Override
  public String listRows() {
    return "unnest(?) AS listed(value)";
  }

  @Override
  public String jsonArray(List<String> columns) {
    return "json_build_array(" + String.join(", ", columns) + ")::text";
  }

  @Override
  public String joinedText(String expression, String orderBy) {
    return "coalesce(string_agg(" + expression + ", ',' ORDER BY " + orderBy + "), '')";
  }

  @Override
  public List<String> timespanColumns(String table) {
    return List.of(table + ".timespan");
  }

  @Override
  public List<String> timespanNames() {
    return List.of("timespan");
  }

  @Override
  public Sql timespanOverlaps(String table, Timespan other) {
    return Sql.of(table + ".timespan && CAST(? AS int8range)", Dialect.rangeText(other));
  }

  @Override
  public Sql timespanUntil(String table, long nanos) {
    return Sql.of("int8range(lower(" + table + ".timespan), ?)", nanos);
  }

  @Override
  public Sql timespanFrom(String table, long nanos) {
    return Sql.of("int8range(?, upper(" + table + ".timespan))", nanos);
  }

  @Override
  public Sql timespanValue(@Nullable Timespan value) {
    return Sql.of("CAST(? AS int8range)", value == null ? null : Dialect.rangeText(value));
  }

  @Override
  public String nextNumber(String table, String column) {
    return "nextval('" + table + "_seq_" + column + "')";
  }

  @Override
  public Sql tableExists(String name) {
    return Sql.of("SELECT 1 WHERE to_regclass(quote_ident(?)) IS NOT NULL", name);
  }

  @Override
  public String rowLock() {
    return " FOR UPDATE";
  }

  @Override
  public String textBefore(String expression, String mark) {
    return "split_part(" + expression + ", '" + mark + "', 1)";
  }

  @Override
  public Optional<String> tableLock(List<String> tables) {
    return Optional.of("LOCK TABLE " + String.join(", ", tables) + " IN EXCLUSIVE MODE");
  }

  @Override
  public void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case Long number -> statement.setLong(index, number);
      case String text -> statement.setString(index, text);
      case List<?> list -> statement.setArray(index, array(statement, list));
      case String[] texts ->
          statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
      case Long[] numbers ->
          statement.setArray(index, statement.getConnection().createArrayOf("bigint", numbers));
      case null, default -> statement.setObject(index, value);
    }
  }

  private static Array array(PreparedStatement statement, List<?> list) throws SQLException {
    Object first = list.isEmpty() ? 0L : list.getFirst();
    String type =
        switch (first) {
          case String text -> "text";
          case UUID uuid -> "uuid";
          default -> "bigint";
        };
    return statement.getConnection().createArrayOf(type, list.toArray());
  }

  @Override
  public UUID uuid(ResultSet row, int index) throws SQLException {
    return row.getObject(index, UUID.class);
  }

  /// Reads the text form of a range: `[b,e)`, with an empty bound for an unbounded side, or
  /// `empty`.
  @Override
  public @Nullable Timespan timespan(ResultSet row, int index) throws SQLException {
    String text = row.getString(index);
    if (text == null) {
      return null;
    }
    if (text.equals(EMPTY_RANGE)) {
      return Timespan.EMPTY;
    }
    int comma = text.indexOf(',');
    int last = text.length() - 1;
    long begin = comma == 1 ? Timespan.MIN_NANOS : Long.parseLong(text, 1, comma, 10);
    long end = comma + 1 == last ? Timespan.MAX_NANOS : Long.parseLong(text, comma + 1, last, 10);
    return new Timespan(begin, end);
  }

  @Override
  public boolean isUndefinedObject(SQLException error) {
    return UNDEFINED_TABLE.equals(error.getSQLState())
        || UNDEFINED_COLUMN.equals(error.getSQLState());
  }

  @Override
  public boolean isTooComplex(SQLException error) {
    return String.valueOf(error.getSQLState()).startsWith("54");
  }
}
