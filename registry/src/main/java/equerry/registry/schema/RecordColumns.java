package equerry.registry.schema;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import equerry.registry.db.Dialect;
import equerry.registry.db.Row;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes the values of dimension records as they are kept: regions and hashes are base64
/// text, timespans one or two columns (see [Dialect]).
public final class RecordColumns {
  private RecordColumns() {}

  /// The SQL columns of an element's columns, in their order.
  public static List<String> select(Dialect dialect, String table, List<Column> columns) {
    List<String> select = new ArrayList<>();
    for (Column column : columns) {
      if (column.type() == ColumnType.TIMESPAN) {
        select.addAll(dialect.timespanColumns(table));
      } else {
        select.add(table + "." + quote(column.name()));
      }
    }
    return select;
  }

  /// The SQL columns to insert an element's columns into, in their order.
  public static List<String> insert(Dialect dialect, List<Column> columns) {
    List<String> insert = new ArrayList<>();
    for (Column column : columns) {
      if (column.type() == ColumnType.TIMESPAN) {
        String table = "t";
        dialect.timespanColumns(table).stream()
            .map(name -> quote(name.substring(table.length() + 1)))
            .forEach(insert::add);
      } else {
        insert.add(quote(column.name()));
      }
    }
    return insert;
  }

  /// A value to insert, and the placeholder for it, which is the same for all values of a type.
  public static Sql value(Dialect dialect, ColumnType type, @Nullable Object value) {
    return switch (type) {
      case INT, DATETIME, INGEST_DATE, STRING, FLOAT, BOOL, UUID -> Sql.of("?", value);
      case HASH, REGION -> Sql.of("?", value instanceof byte[] bytes ? base64(bytes) : null);
      case TIMESPAN -> dialect.timespanValue(value instanceof Timespan span ? span : null);
    };
  }

  /// The text that a region or hash is kept as.
  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// A name in double quotes, for both databases.
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// Columns of a table as SQL has them.
  public static List<String> quoted(String table, List<String> names) {
    return names.stream().map(name -> table + "." + quote(name)).toList();
  }

  /// The value of a column that starts at a place of the row.
  public static @Nullable Object read(Row row, int place, ColumnType type) throws SQLException {
    return switch (type) {
      case INT, DATETIME -> row.integerOrNull(place);
      case STRING -> row.textOrNull(place);
      case FLOAT -> row.realOrNull(place);
      case BOOL -> row.truthOrNull(place);
      case HASH, REGION -> bytes(row.textOrNull(place));
      case TIMESPAN -> row.timespanOrNull(place);
      case UUID -> row.uuid(place);
      case INGEST_DATE ->
          throw new ButlerException.Internal("An ingest date in a dimension record.", null);
    };
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }
}
