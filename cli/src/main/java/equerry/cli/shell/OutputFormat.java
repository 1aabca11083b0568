package equerry.cli.shell;

/// How rows are written.
public enum OutputFormat {
  /// Aligned columns for eyes, as the stock commands print them; sorted unless an order is given.
  TABLE,
  /// One array of objects.
  JSON,
  /// A line of names, then a line for each row (RFC 4180).
  CSV,
  /// An object on each line.
  NDJSON
}
