package equerry.table;

import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param name unique in the table
/// @param kind what its values are
/// @param cell finds its value in a result's row
record TableColumn(String name, Kind kind, Cell cell) {
  /// The types of values, each with its Java class.
  enum Kind {
    /// [Long].
    INTEGER,
    /// [Double].
    NUMBER,
    /// [Boolean].
    FLAG,
    /// [String].
    TEXT,
    /// [java.util.UUID].
    IDENTIFIER,
    /// [Long], TAI nanoseconds since 1970-01-01 TAI.
    INSTANT,
    /// `byte[]`.
    BYTES,
    /// `byte[]`, a region as [equerry.sphere.Region] encodes it.
    REGION
  }

  /// Where in a row the value is.
  @FunctionalInterface
  interface Cell {
    @Nullable Object of(@Nullable Object[] row);
  }
}
