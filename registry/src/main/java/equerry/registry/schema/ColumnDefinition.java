package equerry.registry.schema;

import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param name its name; of a timespan the name without `_begin` and `_end`
/// @param type its type
/// @param presence whether rows may lack it, or the database numbers it
/// @param comment what PostgreSQL tells of it
public record ColumnDefinition(
    String name, StoredType type, Presence presence, @Nullable String comment) {

  /// Whether rows have a value.
  public enum Presence {
    OPTIONAL,
    REQUIRED,
    /// Required, with a default for rows that do not give it: a timestamp's is now, a timespan's is
    /// all of time.
    DEFAULTED,
    /// Required and numbered: in SQLite by the row's id, in PostgreSQL by whoever inserts, from a
    /// sequence `TABLE_seq_COLUMN`.
    NUMBERED
  }

  public static ColumnDefinition optional(String name, StoredType type) {
    return new ColumnDefinition(name, type, Presence.OPTIONAL, null);
  }

  public static ColumnDefinition required(String name, StoredType type) {
    return new ColumnDefinition(name, type, Presence.REQUIRED, null);
  }

  public static ColumnDefinition defaulted(String name, StoredType type) {
    return new ColumnDefinition(name, type, Presence.DEFAULTED, null);
  }

  public static ColumnDefinition numbered(String name) {
    return new ColumnDefinition(name, StoredType.BIGINT, Presence.NUMBERED, null);
  }

  /// This column with a comment.
  public ColumnDefinition commented(String text) {
    return new ColumnDefinition(name, type, presence, text);
  }
}
