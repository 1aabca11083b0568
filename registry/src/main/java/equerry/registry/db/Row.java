package equerry.registry.db;

import equerry.api.ColumnType;
import equerry.api.time.Timespan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row of a result; columns are counted from 1.
public final class Row {
  private final ResultSet result;
  private final Dialect dialect;

  Row(ResultSet result, Dialect dialect) {
    this.result = result;
    this.dialect = dialect;
  }

  public long integer(int column) throws SQLException {
    return result.getLong(column);
  }

  public @Nullable Long integerOrNull(int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  public @Nullable Double realOrNull(int column) throws SQLException {
    double value = result.getDouble(column);
    return result.wasNull() ? null : value;
  }

  public @Nullable Boolean truthOrNull(int column) throws SQLException {
    boolean value = result.getBoolean(column);
    return result.wasNull() ? null : value;
  }

  public String text(int column) throws SQLException {
    return result.getString(column);
  }

  public @Nullable String textOrNull(int column) throws SQLException {
    return result.getString(column);
  }

  /// A collection's key: a [Long], or its name in repositories that use names as keys.
  public @Nullable Object keyOrNull(int column) throws SQLException {
    Object value = result.getObject(column);
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  public UUID uuid(int column) throws SQLException {
    return dialect.uuid(result, column);
  }

  /// How many SQL columns a value of a type takes.
  public int width(ColumnType type) {
    return type == ColumnType.TIMESPAN ? dialect.timespanColumns("").size() : 1;
  }

  public @Nullable Timespan timespanOrNull(int column) throws SQLException {
    return dialect.timespan(result, column);
  }
}
