package equerry.registry.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One borrowed connection, for as long as a piece of work lasts.
///
/// Every statement is logged to `equerry.sql` at debug level.
public sealed class Session permits WriteSession {
  static final Logger STATEMENTS = LoggerFactory.getLogger("equerry.sql");
  private final Source source;
  private final Dialect dialect;
  private final Running running;

  Session(Connection connection, Dialect dialect, Running running) {
    this(() -> connection, dialect, running);
  }

  Session(Source source, Dialect dialect, Running running) {
    this.source = source;
    this.dialect = dialect;
    this.running = running;
  }

  /// Where a session's connection comes from, each time that it is asked for one.
  @FunctionalInterface
  interface Source {
    Connection connection() throws SQLException;
  }

  /// Makes a value of the current row.
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /// Makes a value of the current row, or null to pass over it.
  @FunctionalInterface
  public interface Filter<T> {
    @Nullable T read(Row row) throws SQLException;
  }

  public Dialect dialect() {
    return dialect;
  }

  /// All rows of a statement.
  public <T> List<T> list(Sql sql, Reader<T> reader) throws SQLException {
    return run(
        sql,
        result -> {
          List<T> rows = new ArrayList<>();
          Row row = new Row(result, dialect);
          while (result.next()) {
            rows.add(reader.read(row));
          }
          return rows;
        });
  }

  /// The first row of a statement.
  public <T> Optional<T> first(Sql sql, Reader<T> reader) throws SQLException {
    return run(
        sql,
        result ->
            result.next() ? Optional.of(reader.read(new Row(result, dialect))) : Optional.empty());
  }

  /// What is made of a whole result.
  private interface ResultReader<T> {
    T read(ResultSet result) throws SQLException;
  }

  private <T> T run(Sql sql, ResultReader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection(), dialect, sql)) {
      running.started(statement);
      try (ResultSet result = statement.executeQuery()) {
        return reader.read(result);
      } finally {
        running.ended();
      }
    }
  }

  final Connection connection() throws SQLException {
    return source.connection();
  }

  static PreparedStatement prepare(Connection connection, Dialect dialect, Sql sql)
      throws SQLException {
    STATEMENTS.debug("{} -- {} parameters", sql.text(), sql.parameters().size());
    PreparedStatement statement = connection.prepareStatement(sql.text());
    for (int i = 0; i < sql.parameters().size(); i++) {
      dialect.bind(statement, i + 1, sql.parameters().get(i));
    }
    return statement;
  }
}
