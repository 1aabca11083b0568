package equerry.registry.db;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The statement that a piece of work is waiting for, so that another thread can cancel it.
final class Running {
  private static final long REPEAT_NANOS = 20_000_000L;
  private @Nullable Statement statement;
  private boolean cancelled;

  /// Notes the statement that is about to run.
  ///
  /// @throws SQLException (57014) when the work was cancelled before
  synchronized void started(Statement next) throws SQLException {
    if (cancelled) {
      throw new SQLException("The work was cancelled.", "57014");
    }
    statement = next;
  }

  synchronized void ended() {
    statement = null;
  }

  /// Cancels the statement, if there is one, and all that would follow it.
  synchronized void cancel() {
    cancelled = true;
    Statement current = statement;
    if (current != null) {
      try {
        current.cancel();
      } catch (SQLException failure) {
        Session.STATEMENTS.debug("A statement could not be cancelled: {}", failure.getMessage());
      }
    }
  }

  /// Cancels again and again until the work has ended: a cancel that comes between a statement's
  /// note and its start is lost.
  ///
  /// @param ended whether the work has ended; may wait for that a little
  void cancelUntil(BooleanSupplier ended) {
    do {
      cancel();
      LockSupport.parkNanos(REPEAT_NANOS);
    } while (!ended.getAsBoolean());
  }
}
