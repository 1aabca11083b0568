package equerry.registry.schema;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;

/// The type of a table's column, as each database calls it.
///
/// @param sqlite the name in SQLite
/// @param postgres the name in PostgreSQL
/// @param maxLength how many characters a text may have, which SQLite needs a check for; 0 for no
///     check
public record StoredType(String sqlite, String postgres, int maxLength) {
  /// Longer texts have no limit in the tables.
  private static final int LONGEST_VARCHAR = 32;

  public static final StoredType BIGINT = same("BIGINT");
  public static final StoredType INTEGER = same("INTEGER");
  public static final StoredType SMALLINT = same("SMALLINT");
  public static final StoredType FLOAT = same("FLOAT");
  public static final StoredType BOOLEAN = same("BOOLEAN");
  public static final StoredType TEXT = same("TEXT");

  /// A text without a limit that is no TEXT: the key of runs and chains by name.
  public static final StoredType VARCHAR = same("VARCHAR");

  public static final StoredType UUID = new StoredType("CHAR(32)", "UUID", 0);

  /// A UTC time without zone.
  public static final StoredType TIMESTAMP =
      new StoredType("TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE", 0);

  /// One column in PostgreSQL; in SQLite two, with `_begin` and `_end` after the name.
  public static final StoredType TIMESPAN = new StoredType("BIGINT", "INT8RANGE", 0);

  private static StoredType same(String name) {
    return new StoredType(name, name, 0);
  }

  /// A text of limited length; only limits up to 32 are kept.
  public static StoredType text(int length) {
    if (length <= 0 || length > LONGEST_VARCHAR) {
      return TEXT;
    }
    String name = "VARCHAR(" + length + ")";
    return new StoredType(name, name, length);
  }

  /// The type that keeps a column of a dimension element.
  public static StoredType of(Column column) {
    return of(column.type(), column.size());
  }

  private static StoredType of(ColumnType type, int size) {
    return switch (type) {
      case INT, DATETIME, INGEST_DATE -> BIGINT;
      case STRING -> text(size);
      case FLOAT -> FLOAT;
      case BOOL -> BOOLEAN;
      case HASH, REGION -> TEXT;
      case TIMESPAN -> TIMESPAN;
      case UUID -> UUID;
    };
  }
}
