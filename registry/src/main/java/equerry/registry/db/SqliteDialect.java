package equerry.registry.db;

import equerry.api.time.Timespan;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// SQLite: lists travel as JSON text, UUIDs as hex digits.
final class SqliteDialect implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HexFormat HEX = HexFormat.of();

  /// How the stock package writes a timestamp.
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  @Override
  public SQLDialect jooq() {
    return SQLDialect.SQLITE;
  }

  @Override
  public String inList(String column, ListElement element) {
    return column + " IN (SELECT value FROM json_each(?))";
  }

  @Override
  public String listRows() {
    return "json_each(?)";
  }

  @Override
  public String jsonArray(List<String> columns) {
    return "json_array(" + String.join(", ", columns) + ")";
  }

  @Override
  public String joinedText(String expression, String orderBy) {
    return "coalesce(group_concat(" + expression + ", ',' ORDER BY " + orderBy + "), '')";
  }

  @Override
  public List<String> timespanColumns(String table) {
    return List.of(table + ".timespan_begin", table + ".timespan_end");
  }

  @Override
  public List<String> timespanNames() {
    return List.of("timespan_begin", "timespan_end");
  }

  @Override
  public Sql timespanOverlaps(String table, Timespan other) {
    return Sql.of(
        table + ".timespan_end > ? AND " + table + ".timespan_begin < ?",
        other.beginNanos(),
        other.endNanos());
  }

  @Override
  public Sql timespanUntil(String table, long nanos) {
    return Sql.of(table + ".timespan_begin, ?", nanos);
  }

  @Override
  public Sql timespanFrom(String table, long nanos) {
    return Sql.of("?, " + table + ".timespan_end", nanos);
  }

  @Override
  public Sql timespanValue(@Nullable Timespan value) {
    return value == null
        ? Sql.of("?, ?", null, null)
        : Sql.of("?, ?", value.beginNanos(), value.endNanos());
  }

  @Override
  public String nextNumber(String table, String column) {
    return "NULL";
  }

  @Override
  public Sql tableExists(String name) {
    return Sql.of("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name);
  }

  @Override
  public String rowLock() {
    return "";
  }

  @Override
  public String textBefore(String expression, String mark) {
    return "substr(%1$s, 1, instr(%1$s, '%2$s') - 1)".formatted(expression, mark);
  }

  @Override
  public Optional<String> tableLock(List<String> tables) {
    return Optional.empty();
  }

  @Override
  public void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case Long number -> statement.setLong(index, number);
      case UUID uuid -> statement.setString(index, hex(uuid));
      case LocalDateTime time -> statement.setString(index, TIMESTAMP.format(time));
      case List<?> list ->
          statement.setString(
              index, JSON.writeValueAsString(list.stream().map(this::plain).toList()));
      case null, default -> statement.setObject(index, value);
    }
  }

  private Object plain(Object value) {
    return value instanceof UUID uuid ? hex(uuid) : value;
  }

  private static String hex(UUID uuid) {
    return HEX.toHexDigits(uuid.getMostSignificantBits())
        + HEX.toHexDigits(uuid.getLeastSignificantBits());
  }

  @Override
  public UUID uuid(ResultSet row, int index) throws SQLException {
    String hex = row.getString(index);
    if (hex.length() != 32) {
      return UUID.fromString(hex);
    }
    return new UUID(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  @Override
  public @Nullable Timespan timespan(ResultSet row, int index) throws SQLException {
    long begin = row.getLong(index);
    if (row.wasNull()) {
      return null;
    }
    return new Timespan(begin, row.getLong(index + 1));
  }

  @Override
  public boolean isUndefinedObject(SQLException error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("no such table") || message.contains("no such column");
  }

  @Override
  public boolean isTooComplex(SQLException error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("Expression tree is too large")
        || message.contains("too many SQL variables")
        || message.contains("parser stack overflow");
  }
}
