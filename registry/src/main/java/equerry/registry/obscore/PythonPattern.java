package equerry.registry.obscore;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions in Python's syntax, for [Pattern].
///
/// The two languages are the same but for a few signs, which are rewritten: named groups `(?P<n>)`,
/// `(?P=n)`, the end `\Z`, comments, a `{` that begins no number of times, and what has a meaning
/// within `[]` in Java only. Classes such as `\w` cover all of Unicode, a dot all but a line feed.
final class PythonPattern {
  private final String source;
  private final StringBuilder java = new StringBuilder();
  private int at;

  private PythonPattern(String source) {
    this.source = source;
  }

  /// Reads an expression.
  ///
  /// @throws IllegalArgumentException for one that is malformed or has no counterpart
  static Pattern compile(String source) {
    String java = new PythonPattern(source).translate();
    try {
      return Pattern.compile(java, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(
          "is no regular expression: " + malformed.getDescription(), malformed);
    }
  }

  private String translate() {
    while (at < source.length()) {
      char c = source.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> group();
        case '{' -> brace();
        default -> {
          java.append(c);
          at++;
        }
      }
    }
    return java.toString();
  }

  private void escape() {
    if (at + 1 == source.length()) {
      throw new IllegalArgumentException("is no regular expression: it ends with a backslash");
    }
    char c = source.charAt(at + 1);
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (isLetter && "AbBdDsSwWZafnrtvxuU".indexOf(c) < 0) {
      throw new IllegalArgumentException("has the escape '\\" + c + "', which is not known");
    }
    switch (c) {
      case 'Z' -> java.append("\\z");
      case 'v' -> java.append("\\x0B");
      case 'U' -> throw new IllegalArgumentException("has the escape '\\U', which is not known");
      default -> java.append('\\').append(c);
    }
    at += 2;
  }

  /// A set of characters: what nests or intersects sets in Java is a plain character in Python.
  private void set() {
    int first = at + 1;
    java.append('[');
    at++;
    if (at < source.length() && source.charAt(at) == '^') {
      java.append('^');
      at++;
      first++;
    }
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == ']' && at > first) {
        java.append(c);
        at++;
        return;
      }
      if (c == '\\') {
        escape();
      } else {
        java.append(c == '[' || c == '&' || c == ']' || c == '^' ? "\\" : "").append(c);
        at++;
      }
    }
    throw new IllegalArgumentException("is no regular expression: a '[' is not closed");
  }

  private void group() {
    if (source.startsWith("(?#", at)) {
      int end = source.indexOf(')', at);
      at = end < 0 ? source.length() : end + 1;
    } else if (source.startsWith("(?P<", at)) {
      java.append("(?<");
      at += "(?P<".length();
    } else if (source.startsWith("(?P=", at)) {
      int end = source.indexOf(')', at);
      if (end < 0) {
        throw new IllegalArgumentException("is no regular expression: a '(' is not closed");
      }
      java.append("\\k<").append(source, at + "(?P=".length(), end).append('>');
      at = end + 1;
    } else if (source.startsWith("(?(", at)
        || source.startsWith("(?a", at)
        || source.startsWith("(?L", at)) {
      throw new IllegalArgumentException(
          "has the group '" + source.substring(at, at + 3) + "', which is not known");
    } else {
      java.append('(');
      at++;
    }
  }

  private void brace() {
    int end = source.indexOf('}', at);
    String inside = end < 0 ? "" : source.substring(at + 1, end);
    if (inside.matches("[0-9]+(,[0-9]*)?")) {
      java.append('{').append(inside).append('}');
      at = end + 1;
    } else if (inside.matches(",[0-9]+")) {
      java.append("{0").append(inside).append('}');
      at = end + 1;
    } else {
      java.append("\\{");
      at++;
    }
  }
}
