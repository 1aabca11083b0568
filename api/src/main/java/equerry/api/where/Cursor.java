package equerry.api.where;

import equerry.api.where.Token.Kind;
import java.util.Locale;

/// The place in a `where` text that the parser has reached, one token ahead.
final class Cursor {
  private final Source source;
  private final Lexer lexer;
  private Token current;

  Cursor(Source source) {
    this.source = source;
    this.lexer = new Lexer(source);
    this.current = lexer.next();
  }

  Token current() {
    return current;
  }

  Kind kind() {
    return current.kind();
  }

  int position() {
    return current.position();
  }

  /// Steps over the current token and returns it.
  Token advance() {
    Token token = current;
    current = lexer.next();
    return token;
  }

  /// Steps over the current token if it is of a kind.
  boolean skip(Kind kind) {
    boolean there = current.kind() == kind;
    if (there) {
      advance();
    }
    return there;
  }

  /// Steps over a token that must be there.
  void expect(Kind kind, String sentence) {
    if (!skip(kind)) {
      throw source.unreadable(
          current.position(), sentence + "; there is " + what(current) + " instead.");
    }
  }

  /// The error that the current token cannot stand here.
  RuntimeException unexpected() {
    return source.unreadable(
        current.position(),
        current.kind() == Kind.END
            ? "the text ends where more is expected."
            : what(current) + " is not expected here." + advice(current));
  }

  private static String what(Token token) {
    return token.kind() == Kind.END ? "the end" : Source.quote(token.text());
  }

  private static String advice(Token token) {
    return switch (token.text().toUpperCase(Locale.ROOT)) {
      case "=" -> " Write '=' once to compare.";
      case ">" -> " Write '!=' for unequal values.";
      case "BETWEEN", "LIKE", "IS" -> " Use >= and <=, GLOB(column, 'pattern') or = NULL.";
      default -> "";
    };
  }
}
