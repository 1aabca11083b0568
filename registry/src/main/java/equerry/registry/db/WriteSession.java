package equerry.registry.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction that writes. What it has written, its own reads see.
public final class WriteSession extends Session {
  /// Rows that are sent to the database at once.
  private static final int BATCH_ROWS = 1000;

  WriteSession(Connection connection, Dialect dialect) {
    super(connection, dialect, new Running());
  }

  /// Runs a statement.
  ///
  /// @return how many rows it changed
  public int execute(Sql sql) throws SQLException {
    try (PreparedStatement statement = prepare(connection, dialect(), sql)) {
      return statement.executeUpdate();
    }
  }

  /// Runs a statement of a definition, such as `CREATE TABLE`.
  public void define(String text) throws SQLException {
    STATEMENTS.debug("{}", text);
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /// Runs a statement for each of many rows of parameters (see [Sql#parameters]).
  ///
  /// @param text the statement, with a `?` for each value of a row
  /// @return how many rows it changed, as far as the database tells
  public long batch(String text, Iterable<? extends List<? extends @Nullable Object>> rows)
      throws SQLException {
    STATEMENTS.debug("{} -- in batches", text);
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      long changed = 0;
      int waiting = 0;
      for (List<? extends @Nullable Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          dialect().bind(statement, i + 1, row.get(i));
        }
        statement.addBatch();
        if (++waiting == BATCH_ROWS) {
          changed += run(statement);
          waiting = 0;
        }
      }
      return waiting == 0 ? changed : changed + run(statement);
    }
  }

  private static long run(PreparedStatement statement) throws SQLException {
    long changed = 0;
    for (int count : statement.executeBatch()) {
      changed += Math.max(count, 0);
    }
    return changed;
  }

  /// Runs work that may fail without failing the transaction: what it wrote is taken back then.
  public <T extends @Nullable Object> T nested(Database.Work<T> work) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    boolean done = false;
    try {
      T result = work.run(this);
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback(savepoint);
      }
      connection.releaseSavepoint(savepoint);
    }
  }

  /// The connection, for what only one driver can do.
  <T> T unwrap(Class<T> driverType) throws SQLException {
    return connection.unwrap(driverType);
  }
}
