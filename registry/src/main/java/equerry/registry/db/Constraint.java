package equerry.registry.db;

import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteException;

/// The kinds of constraints that a row can break.
public enum Constraint {
  /// A key is taken.
  UNIQUE("a key is taken by another row"),
  /// A row that is referred to is not there, or one that is to go is referred to.
  FOREIGN_KEY("a record that is named is missing, or one to be removed is in use"),
  /// A value is missing, or fails a check.
  VALUE("a value is missing, empty or too long");

  private final String fact;

  Constraint(String fact) {
    this.fact = fact;
  }

  String fact() {
    return fact;
  }

  /// The constraint that made a statement fail; empty when it failed for another reason.
  public static Optional<Constraint> broken(SQLException failure) {
    if (failure instanceof SQLiteException sqlite) {
      return switch (sqlite.getResultCode()) {
        case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
            Optional.of(UNIQUE);
        case SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_TRIGGER -> Optional.of(FOREIGN_KEY);
        case SQLITE_CONSTRAINT_CHECK, SQLITE_CONSTRAINT_NOTNULL, SQLITE_CONSTRAINT ->
            Optional.of(VALUE);
        default -> Optional.empty();
      };
    }
    return switch (String.valueOf(failure.getSQLState())) {
      case "23505" -> Optional.of(UNIQUE);
      case "23503" -> Optional.of(FOREIGN_KEY);
      case "23502", "23514", "22001" -> Optional.of(VALUE);
      default -> Optional.empty();
    };
  }
}
