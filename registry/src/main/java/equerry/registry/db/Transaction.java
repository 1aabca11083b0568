package equerry.registry.db;

import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A transaction that begins when its connection is first asked for, so that work before its first
/// statement holds no lock and no connection. Closing it takes back what was not committed.
final class Transaction implements Session.Source, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
  private final PooledDatabase database;
  private @Nullable Connection begun;
  private boolean committed;
  private long beginNanos;

  Transaction(PooledDatabase database) {
    this.database = database;
  }

  @Override
  public Connection connection() throws SQLException {
    Connection connection = begun;
    if (connection == null) {
      beginNanos = System.nanoTime();
      connection = begin();
      begun = connection;
      Milestone.WRITE_BEGUN.passed();
    }
    return connection;
  }

  private Connection begin() throws SQLException {
    Connection connection = database.connection();
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  boolean hasBegun() {
    return begun != null;
  }

  /// How long ago it was first asked for its connection; what came before, such as copies of files,
  /// waited for nobody.
  long ageNanos() {
    return beginNanos == 0 ? 0 : System.nanoTime() - beginNanos;
  }

  /// @throws ButlerException.OutcomeUnknown when the connection was lost
  void commit() throws SQLException {
    Connection connection = begun;
    if (connection == null) {
      return;
    }
    Milestone.WRITE_BEFORE_COMMIT.passed();
    try {
      connection.commit();
    } catch (SQLException failure) {
      if (SqlFaults.isLost(failure)) {
        throw new ButlerException.OutcomeUnknown(
            "The connection to the database was lost during the commit: the change was made as a"
                + " whole or not at all. Look before you repeat it.",
            failure);
      }
      throw failure;
    }
    committed = true;
    Milestone.WRITE_COMMITTED.passed();
  }

  /// A failure is not told: the connection is broken then, and the database takes back by itself.
  @Override
  public void close() {
    Connection connection = begun;
    if (connection == null) {
      return;
    }
    try (connection) {
      if (!committed) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      LOG.debug("A transaction could not be ended: {}", broken.getMessage());
    }
  }
}
