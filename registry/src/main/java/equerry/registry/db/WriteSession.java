package equerry.registry.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// A transaction that writes. What it has written, its own reads see.
public final class WriteSession extends Session {
  /// Rows that are sent to the database at once.
  private static final int BATCH_ROWS = 1000;

  /// From how many rows on PostgreSQL takes them faster as a stream than as parameters.
  static final int COPY_FROM_ROWS = 100;

  private final Transaction transaction;

  WriteSession(Transaction transaction, Dialect dialect) {
    super(transaction, dialect, new Running());
    this.transaction = transaction;
  }

  /// Whether a statement was run: before that nothing is locked.
  public boolean hasBegun() {
    return transaction.hasBegun();
  }

  /// Runs a statement.
  ///
  /// @return how many rows it changed
  public int execute(Sql sql) throws SQLException {
    try (PreparedStatement statement = prepare(connection(), dialect(), sql)) {
      return statement.executeUpdate();
    }
  }

  /// Runs a statement of a definition, such as `CREATE TABLE`.
  public void define(String text) throws SQLException {
    STATEMENTS.debug("{}", text);
    try (Statement statement = connection().createStatement()) {
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
    try (PreparedStatement statement = connection().prepareStatement(text)) {
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

  /// Adds rows to a table in the way that is quickest for their number.
  ///
  /// @param table its name as SQL has it
  /// @param columns the columns as SQL has them
  /// @param rows values of these columns (see [Sql#parameters], without lists)
  public void load(
      String table,
      List<String> columns,
      Collection<? extends List<? extends @Nullable Object>> rows)
      throws SQLException {
    if (dialect() instanceof PostgresDialect && rows.size() >= COPY_FROM_ROWS) {
      String text = "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns));
      STATEMENTS.debug("{} -- {} rows", text, rows.size());
      CopyText.send(connection().unwrap(PGConnection.class), text, rows);
    } else {
      String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
      batch(
          "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(", ", columns), marks),
          rows);
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
  public <T extends @Nullable Object> T nested(WritableDatabase.Work<T> work) throws SQLException {
    Connection connection = connection();
    Savepoint savepoint = connection.setSavepoint();
    try {
      T result = work.run(this);
      connection.releaseSavepoint(savepoint);
      return result;
    } catch (SQLException | RuntimeException | Error failure) {
      takeBack(connection, savepoint, failure);
      throw failure;
    }
  }

  /// The failure of the work tells more than that of a connection which is gone with it.
  private static void takeBack(Connection connection, Savepoint savepoint, Throwable failure) {
    try {
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }
}
