package equerry.registry.db;

import java.sql.SQLException;

/// A statement that the database refused: inside the registry a reason to read definitions again,
/// outside a fault of ours or of the repository's tables.
public final class StatementFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementFailure(SQLException cause) {
    super("The database refused a statement (state " + cause.getSQLState() + ").", cause);
  }

  /// Whether the statement named a table or column that does not exist.
  public boolean isUndefinedObject(Dialect dialect) {
    return getCause() instanceof SQLException sql && dialect.isUndefinedObject(sql);
  }
}
