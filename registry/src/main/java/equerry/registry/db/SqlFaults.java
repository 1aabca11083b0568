package equerry.registry.db;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
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
    if (isLost(failure) || isBusy(failure)) {
      return unavailable("The database cannot be reached", name, failure);
    }
    if (state.equals("57014") || isInterrupted(failure)) {
      return unavailable("The query was cancelled", name, failure);
    }
    Optional<Constraint> broken = Constraint.broken(failure);
    if (broken.isPresent()) {
      return new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "What is to be written does not fit what the repository holds: "
              + broken.get().fact()
              + ". Nothing was changed.",
          failure);
    }
    if (isFull(failure, state)) {
      return new ButlerException.Unavailable(
          ErrorCode.STORAGE_FULL,
          "The disk of the database (" + name + ") is full. Nothing was changed; make room first.",
          failure);
    }
    if (isReadOnly(failure, state)) {
      return new ButlerException.Unavailable(
          ErrorCode.READ_ONLY,
          "The database (" + name + ") cannot be written to by this user. Nothing was changed.",
          failure);
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

  /// Whether the connection is gone, or was ended by the server.
  static boolean isLost(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /// Whether another connection holds a SQLite file.
  static boolean isLocked(SQLException failure) {
    return isPrimaryCode(failure, SQLiteErrorCode.SQLITE_BUSY)
        || isPrimaryCode(failure, SQLiteErrorCode.SQLITE_LOCKED);
  }

  private static boolean isBusy(SQLException failure) {
    return isLocked(failure) || isCode(failure, SQLiteErrorCode.SQLITE_CANTOPEN);
  }

  private static boolean isFull(SQLException failure, String state) {
    return state.equals("53100") || isCode(failure, SQLiteErrorCode.SQLITE_FULL);
  }

  private static boolean isReadOnly(SQLException failure, String state) {
    return state.equals("25006")
        || state.equals("42501")
        || isPrimaryCode(failure, SQLiteErrorCode.SQLITE_READONLY);
  }

  /// Whether the lower eight bits of SQLite's extended code are those of a primary one.
  private static boolean isPrimaryCode(SQLException failure, SQLiteErrorCode code) {
    return failure instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xff) == code.code;
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
