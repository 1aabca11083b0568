package equerry.api.where;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.function.Supplier;

/// A `where` text, and the errors that point into it.
record Source(String text) {
  private static final int EXCERPT = 60;

  /// An error about what was said at a position.
  ButlerException.Invalid fault(int position, String sentence) {
    return fault(ErrorCode.INVALID_QUERY, position, sentence);
  }

  ButlerException.Invalid fault(ErrorCode code, int position, String sentence) {
    return new ButlerException.Invalid(code, sentence + " (" + place(position) + ")");
  }

  /// An error about text that cannot be read.
  ButlerException.Invalid unreadable(int position, String sentence) {
    return new ButlerException.Invalid(
        ErrorCode.INVALID_QUERY,
        "Failed to parse expression %s at %s: %s"
            .formatted(quote(excerpt(position)), place(position), sentence));
  }

  /// Runs a step that knows nothing of texts, and adds the place to its error.
  <T> T at(int position, Supplier<T> step) {
    try {
      return step.get();
    } catch (ButlerException.Invalid e) {
      throw new ButlerException.Invalid(e.code(), e.detail() + " (" + place(position) + ")", e);
    }
  }

  /// `column 14`, or `line 2, column 3` in a text of many lines; both count from 1.
  private String place(int position) {
    int lineStart = text.lastIndexOf('\n', position - 1) + 1;
    String column = "column " + (position - lineStart + 1);
    if (text.indexOf('\n') < 0) {
      return column;
    }
    long line = 1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    return "line " + line + ", " + column;
  }

  private String excerpt(int position) {
    if (text.length() <= 2 * EXCERPT) {
      return text;
    }
    int begin = Math.max(0, position - EXCERPT);
    int end = Math.min(text.length(), position + EXCERPT);
    return (begin > 0 ? "…" : "") + text.substring(begin, end) + (end < text.length() ? "…" : "");
  }

  /// A piece of somebody's text that is safe to show: short, in quotes, on one line.
  static String quote(String piece) {
    StringBuilder out = new StringBuilder("'");
    piece
        .codePoints()
        .limit(2 * EXCERPT + 2L)
        .forEach(
            point -> {
              if (Character.isISOControl(point)
                  || Character.getType(point) == Character.SURROGATE) {
                out.append("\\u").append("%04x".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append("'").toString();
  }
}
