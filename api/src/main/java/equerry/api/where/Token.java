package equerry.api.where;

/// A word, value or sign of a `where` text.
///
/// @param kind what it is
/// @param text what was written; without quotes or colon for strings, times and binds
/// @param position characters before it
record Token(Kind kind, String text, int position) {
  enum Kind {
    /// An identifier without dots; functions have such names.
    NAME,
    /// An identifier with one or two dots.
    PATH,
    BIND,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    LEFT,
    RIGHT,
    COMMA,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    PLUS,
    MINUS,
    STAR,
    SLASH,
    PERCENT,
    AND,
    OR,
    NOT,
    IN,
    OVERLAPS,
    END
  }
}
