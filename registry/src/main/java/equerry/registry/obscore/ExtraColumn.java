package equerry.registry.obscore;

import org.jspecify.annotations.Nullable;

/// What fills a column of the table that is no column of ObsCore.
sealed interface ExtraColumn {

  /// The same value in every row.
  ///
  /// @param value a [Long], [Double], [Boolean] or [String]
  record Constant(Object value) implements ExtraColumn {}

  /// A text made of what is known of the dataset (see [FormatText]), read as a type.
  ///
  /// @param length how many characters a string may have, null for no limit
  /// @param doc what the database tells of the column
  record Template(FormatText template, Type type, @Nullable Integer length, @Nullable String doc)
      implements ExtraColumn {}

  /// What the text of a template is read as.
  enum Type {
    BOOL,
    INT,
    FLOAT,
    STRING;

    /// Its name in configurations.
    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
