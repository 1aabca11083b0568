package equerry.registry.db;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Tells whose fault it is when a database refuses a statement.
///
/// A value that the database cannot take (class 22 of the SQL states: a NUL character, a division
/// by zero, a number out of range) and a condition that is too deep for it (class 54) are the
/// caller's; a lost connection or a busy file passes; the rest is ours or the repository's, and may
/// come from definitions that have changed since we read them ([Database#isUndefinedObject]).
final class SqlFaults {
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private SqlFaults() {}

  static RuntimeException translate(SQLException failure, Dialect dialect, String name) {
    String state = String.valueOf(failure.getSQLState());
    if (failure.getCause() instanceof InterruptedException) {
      return unavailable("The wait for the database was interrupted", name, failure);
    }
    if (failure instanceof SQLTransientConnectionException) {
      return noConnection(failure, state, name);
    }
    if (state.startsWith("08") || state.startsWith("57P") || isBusy(failure)) {
      return unavailable("The database cannot be reached", name, failure);
    }
    if (state.equals("57014") || isInterrupted(failure)) {
      return unavailable("The query was cancelled", name, failure);
    }
    if (state.startsWith("22")) {
      return invalid("The database cannot compute with a value of this request.", failure);
    }
    if (dialect.isTooComplex(failure)) {
      return invalid("This query is too large for the repository's database.", failure);
    }
    return new ButlerException.Internal(
        "The repository's database refused a statement (state " + state + ").", failure);
  }

  /// The pool gives the failure to open a connection, if there was one, as the cause.
  private static ButlerException noConnection(SQLException failure, String state, String name) {
    if (failure.getCause() != null && !state.equals(TOO_MANY_CONNECTIONS)) {
      return unavailable("The database cannot be reached", name, failure);
    }
    return new ButlerException.Unavailable(
        ErrorCode.DATABASE_BUSY,
        "All connections to the database (" + name + ") are in use. Try again later.",
        failure);
  }

  private static boolean isBusy(SQLException failure) {
    return isCode(failure, SQLiteErrorCode.SQLITE_BUSY)
        || isCode(failure, SQLiteErrorCode.SQLITE_LOCKED)
        || isCode(failure, SQLiteErrorCode.SQLITE_CANTOPEN);
  }

  private static boolean isCode(SQLException failure, SQLiteErrorCode code) {
    return failure instanceof SQLiteException sqlite && sqlite.getResultCode() == code;
  }

  private static boolean isInterrupted(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT;
  }

  private static ButlerException invalid(String message, Throwable cause) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message, cause);
  }

  static ButlerException unavailable(String fact, String name, Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE, fact + " (" + name + "). Try again later.", cause);
  }
}
