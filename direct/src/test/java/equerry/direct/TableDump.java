package equerry.direct;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All tables of a registry, with values as SQLite has them.
///
/// @param tables the rows of each, by column
record TableDump(Map<String, List<Map<String, @Nullable Object>>> tables) {
  private static final String SQLITE_TABLES =
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  private static final String POSTGRES_TABLES =
      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()";
  private static final long LAST_NANOS = 4_102_444_800_000_000_000L;

  static TableDump of(Connection connection) throws SQLException {
    boolean postgres = connection.getMetaData().getDatabaseProductName().startsWith("Postgre");
    Map<String, List<Map<String, @Nullable Object>>> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(postgres ? POSTGRES_TABLES : SQLITE_TABLES)) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        tables.put(name, rows(statement, name));
      }
    }
    return new TableDump(tables);
  }

  private static List<Map<String, @Nullable Object>> rows(Statement statement, String table)
      throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        Map<String, @Nullable Object> row = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          put(row, columns.getColumnName(i), columns.getColumnTypeName(i), result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void put(
      Map<String, @Nullable Object> row, String column, String type, @Nullable Object value) {
    if (type.equals("int8range")) {
      String text = value == null ? null : value.toString();
      row.put(column + "_begin", end(text, 0));
      row.put(column + "_end", end(text, 1));
      return;
    }
    row.put(
        column,
        switch (value) {
          case Boolean truth -> truth ? 1L : 0L;
          case Integer number -> number.longValue();
          case UUID id -> id.toString().replace("-", "");
          case null, default -> value;
        });
  }

  private static @Nullable Long end(@Nullable String range, int side) {
    if (range == null) {
      return null;
    }
    if (range.equals("empty")) {
      return side == 0 ? LAST_NANOS : 0L;
    }
    String end = range.replaceAll("[\\[()\\]]", "").split(",", -1)[side];
    if (end.isEmpty()) {
      return side == 0 ? 0L : LAST_NANOS;
    }
    return Long.valueOf(end);
  }
}
