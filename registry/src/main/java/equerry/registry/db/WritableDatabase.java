package equerry.registry.db;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A repository's database, opened for reading and for writing.
///
/// Safe for use by many threads; writers of one SQLite file wait for each other.
public final class WritableDatabase implements AutoCloseable {
  /// How often a transaction is tried that others get in the way of.
  static final int MAX_ATTEMPTS = 8;

  private static final long FIRST_PAUSE_NANOS = 10_000_000L;
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_TIMEOUT = "55P03";
  private static final Logger LOG = LoggerFactory.getLogger(WritableDatabase.class);

  private final Database readable;
  private final PooledDatabase writer;

  WritableDatabase(Database readable, PooledDatabase writer) {
    this.readable = readable;
    this.writer = writer;
  }

  /// What [#write] runs.
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run(WriteSession session) throws SQLException;
  }

  /// The database for reading: it sees the last commit, not what is being written.
  public Database readable() {
    return readable;
  }

  public Dialect dialect() {
    return readable.dialect();
  }

  /// Runs work in one transaction, which is committed when the work returns and taken back when it
  /// throws. It begins, and takes a connection, with the first statement. Work that a deadlock or a
  /// serialization failure ended is run again, a few times.
  ///
  /// @throws ButlerException.Unavailable (database_busy) when others were in the way all the time
  /// @throws ButlerException.Conflict (conflict) for a broken constraint that the work let pass
  /// @throws ButlerException.OutcomeUnknown when the connection was lost during the commit
  public <T extends @Nullable Object> T write(Work<T> work) {
    long waitedNanos = 0;
    for (int attempt = 1; ; attempt++) {
      Transaction transaction = new Transaction(writer);
      try {
        return attempt(work, transaction);
      } catch (SQLException failure) {
        if (!isPassing(failure)) {
          throw translate(failure);
        }
        waitedNanos += transaction.ageNanos();
        if (attempt == MAX_ATTEMPTS || waitedNanos > DatabaseSource.LOCK_WAIT.toNanos()) {
          throw busy(failure);
        }
        LOG.debug("Attempt {} to write met another writer: {}", attempt, failure.getMessage());
        pause(attempt);
      }
    }
  }

  private <T extends @Nullable Object> T attempt(Work<T> work, Transaction transaction)
      throws SQLException {
    try (transaction) {
      T result = work.run(new WriteSession(transaction, writer.dialect()));
      transaction.commit();
      return result;
    }
  }

  private boolean isPassing(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.equals(SERIALIZATION_FAILURE)
        || state.equals(DEADLOCK)
        || state.equals(LOCK_TIMEOUT)
        || SqlFaults.isLocked(failure);
  }

  private RuntimeException translate(SQLException failure) {
    return SqlFaults.isLost(failure)
        ? new ButlerException.Unavailable(
            ErrorCode.REPOSITORY_UNAVAILABLE,
            "The connection to the database ("
                + writer.name()
                + ") was lost. Nothing was changed; try again later.",
            failure)
        : SqlFaults.translate(failure, writer.dialect(), writer.name());
  }

  private ButlerException busy(SQLException failure) {
    return new ButlerException.Unavailable(
        ErrorCode.DATABASE_BUSY,
        "Other writers of the database ("
            + writer.name()
            + ") were in the way too often or too long. Nothing was changed; try again later.",
        failure);
  }

  private static void pause(int attempt) {
    long longest = FIRST_PAUSE_NANOS << attempt;
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }

  /// How many connections are in use now.
  public int busyConnections() {
    return readable.busyConnections() + writer.busyConnections();
  }

  @Override
  public void close() {
    writer.close();
    readable.close();
  }
}
