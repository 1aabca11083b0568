package equerry.api;

import java.util.Locale;

/// The types of values that a repository's columns and query expressions have.
///
/// The Java value of each: `INT` [Long], `STRING` [String], `FLOAT` [Double], `BOOL` [Boolean],
/// `HASH` and `REGION` `byte[]`, `UUID` [java.util.UUID], `DATETIME` and `INGEST_DATE` [Long] (TAI
/// nanoseconds since 1970-01-01 TAI), `TIMESPAN` [equerry.api.time.Timespan].
public enum ColumnType {
  INT,
  STRING,
  FLOAT,
  BOOL,
  HASH,
  DATETIME,
  INGEST_DATE,
  TIMESPAN,
  REGION,
  UUID;

  /// The name that universe configurations and error messages use: `int`, `string`, …
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether values have an order that `<` and `ORDER BY` may use.
  public boolean isOrdered() {
    return switch (this) {
      case INT, STRING, FLOAT, DATETIME, INGEST_DATE -> true;
      case BOOL, HASH, TIMESPAN, REGION, UUID -> false;
    };
  }

  /// Whether this is `INT` or `FLOAT`.
  public boolean isNumeric() {
    return this == INT || this == FLOAT;
  }
}
