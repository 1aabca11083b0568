package equerry.datastore.template;

import equerry.api.text.FormatSpec;
import java.util.List;

/// A piece of a template.
sealed interface TemplatePart {
  /// Text before whatever comes next.
  String literal();

  /// Text that stands alone.
  record Text(String literal) implements TemplatePart {}

  /// Text and then the value of a field.
  ///
  /// @param literal what comes before
  /// @param alternatives the names of the field, the first one present counts
  /// @param presence whether it may be missing
  /// @param slashes whether `/` in its value makes folders
  /// @param spec how its value is written
  record Field(
      String literal,
      List<FieldName> alternatives,
      Presence presence,
      Slashes slashes,
      FormatSpec spec)
      implements TemplatePart {
    public Field {
      alternatives = List.copyOf(alternatives);
    }
  }

  /// Whether a field may be missing.
  enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /// What becomes of slashes in values.
  enum Slashes {
    REPLACED,
    KEPT
  }

  /// The name of a field: `visit` or `visit.name`.
  ///
  /// @param base dimension or special field
  /// @param column column of the dimension's record, empty for its value
  record FieldName(String base, String column) {
    static FieldName of(String text) {
      int dot = text.indexOf('.');
      return dot < 0
          ? new FieldName(text, "")
          : new FieldName(text.substring(0, dot), text.substring(dot + 1));
    }

    boolean isSpecial() {
      return column.isEmpty() && FileTemplate.SPECIAL.contains(base);
    }

    @Override
    public String toString() {
      return column.isEmpty() ? base : base + "." + column;
    }
  }
}
