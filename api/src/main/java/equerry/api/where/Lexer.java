package equerry.api.where;

import equerry.api.where.Token.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a `where` text into tokens, one at a time.
///
/// All patterns are possessive, so that every text is read in time linear in its length.
final class Lexer {
  static final Pattern RANGE =
      Pattern.compile(
          "(?<start>-?[0-9]++)\\s*+\\.\\.\\s*+(?<stop>-?[0-9]++)"
              + "(?:\\s*+:\\s*+(?<stride>[1-9][0-9]*+))?");
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+(?:\\.[A-Za-z_][A-Za-z0-9_]*+){0,2}+");
  private static final Pattern BIND = Pattern.compile(":([A-Za-z_][A-Za-z0-9_]*+)");

  /// Keywords in upper case; they are recognized in any case.
  private static final Map<String, Kind> KEYWORDS =
      Map.of(
          "AND",
          Kind.AND,
          "OR",
          Kind.OR,
          "NOT",
          Kind.NOT,
          "IN",
          Kind.IN,
          "OVERLAPS",
          Kind.OVERLAPS);

  private final Source source;
  private final String text;
  private final Matcher matcher;
  private int position;

  Lexer(Source source) {
    this.source = source;
    this.text = source.text();
    this.matcher = RANGE.matcher(text);
  }

  /// The next token; END at the end, as often as asked.
  Token next() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (position == text.length()) {
      return new Token(Kind.END, "", position);
    }
    char first = text.charAt(position);
    if (first == '\'') {
      return quoted(Kind.STRING, 1);
    }
    if ((first == 'T' || first == 't') && charAt(position + 1) == '\'') {
      return quoted(Kind.TIME, 2);
    }
    if (matches(RANGE)) {
      return token(Kind.RANGE, matcher.end() - position);
    }
    if (matches(NUMBER)) {
      return token(Kind.NUMBER, matcher.end() - position);
    }
    if (matches(PATH)) {
      return word();
    }
    return first == ':' ? bind() : sign(first);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private boolean matches(Pattern pattern) {
    return matcher.usePattern(pattern).region(position, text.length()).lookingAt();
  }

  private Token token(Kind kind, int length) {
    Token token = new Token(kind, text.substring(position, position + length), position);
    position += length;
    return token;
  }

  private Token quoted(Kind kind, int prefix) {
    int start = position;
    int end = text.indexOf('\'', start + prefix);
    int lineEnd = text.indexOf('\n', start + prefix);
    if (end < 0 || (lineEnd >= 0 && lineEnd < end)) {
      throw source.unreadable(start, "a quoted text starts here and does not end on this line.");
    }
    position = end + 1;
    return new Token(kind, text.substring(start + prefix, end), start);
  }

  private Token word() {
    int length = matcher.end() - position;
    String word = text.substring(position, position + length);
    Kind plain = word.indexOf('.') < 0 ? Kind.NAME : Kind.PATH;
    Kind kind = KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), plain);
    return token(kind, length);
  }

  private Token bind() {
    int start = position;
    if (!matches(BIND)) {
      throw source.unreadable(start, "a name must follow ':'.");
    }
    position = matcher.end();
    return new Token(Kind.BIND, matcher.group(1), start);
  }

  private Token sign(char first) {
    boolean withEquals = charAt(position + 1) == '=';
    return switch (first) {
      case '(' -> token(Kind.LEFT, 1);
      case ')' -> token(Kind.RIGHT, 1);
      case ',' -> token(Kind.COMMA, 1);
      case '=' -> token(Kind.EQUAL, 1);
      case '+' -> token(Kind.PLUS, 1);
      case '-' -> token(Kind.MINUS, 1);
      case '*' -> token(Kind.STAR, 1);
      case '/' -> token(Kind.SLASH, 1);
      case '%' -> token(Kind.PERCENT, 1);
      case '<' -> withEquals ? token(Kind.LESS_OR_EQUAL, 2) : token(Kind.LESS, 1);
      case '>' -> withEquals ? token(Kind.GREATER_OR_EQUAL, 2) : token(Kind.GREATER, 1);
      case '!' -> {
        if (!withEquals) {
          throw source.unreadable(position, "'!' has no meaning; write NOT or '!='.");
        }
        yield token(Kind.NOT_EQUAL, 2);
      }
      case '"' -> throw source.unreadable(position, "write texts in single quotes: 'text'.");
      default ->
          throw source.unreadable(
              position,
              "the character "
                  + Source.quote(Character.toString(text.codePointAt(position)))
                  + " has no meaning here.");
    };
  }
}
