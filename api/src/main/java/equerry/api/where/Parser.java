package equerry.api.where;

import equerry.api.where.Token.Kind;
import equerry.api.where.WhereSyntax.Operation;
import equerry.api.where.WhereSyntax.Relation;
import equerry.api.where.WhereSyntax.Sense;
import equerry.api.where.WhereSyntax.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Reads tokens into a tree by operator precedence (Pratt 1973), from weak to strong: OR, AND, NOT,
/// comparisons and IN (which do not chain), `+ -`, `* / %`, signs.
///
/// AND and OR of many operands make one node, so that long texts make flat trees.
final class Parser {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;

  /// A tree and how deep it is.
  private record Parsed(WhereSyntax node, int depth) {}

  private final Source source;
  private final WhereLimits limits;
  private final Cursor cursor;
  private int operands;
  private int nesting;

  Parser(Source source, WhereLimits limits) {
    this.source = source;
    this.limits = limits;
    this.cursor = new Cursor(source);
  }

  /// The tree of the whole text; null for a text of nothing but space.
  @Nullable WhereSyntax parse() {
    if (cursor.kind() == Kind.END) {
      return null;
    }
    WhereSyntax tree = expression(OR).node();
    if (cursor.kind() != Kind.END) {
      throw cursor.unexpected();
    }
    return tree;
  }

  private Parsed expression(int power) {
    nesting++;
    checkDepth(nesting, cursor.position());
    Parsed left = prefix(power);
    boolean compared = false;
    while (true) {
      int infix = power(cursor.kind());
      if (infix < power) {
        nesting--;
        return left;
      }
      if (infix == COMPARISON && compared) {
        throw source.unreadable(
            cursor.position(), "comparisons do not chain; put AND or OR between them.");
      }
      compared |= infix == COMPARISON;
      left = infix(left, infix);
    }
  }

  /// How strongly a token binds the expression before it; 0 for one that ends it.
  private static int power(Kind kind) {
    return switch (kind) {
      case OR -> OR;
      case AND -> AND;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, OVERLAPS, IN, NOT ->
          COMPARISON;
      case PLUS, MINUS -> SUM;
      case STAR, SLASH, PERCENT -> PRODUCT;
      case NAME, PATH, BIND, NUMBER, RANGE, STRING, TIME, LEFT, RIGHT, COMMA, END -> 0;
    };
  }

  private Parsed infix(Parsed left, int power) {
    Token token = cursor.current();
    int position = token.position();
    return switch (token.kind()) {
      case AND, OR -> junction(left, power);
      case EQUAL -> comparison(left, Relation.EQUAL);
      case NOT_EQUAL -> comparison(left, Relation.NOT_EQUAL);
      case LESS -> comparison(left, Relation.LESS);
      case LESS_OR_EQUAL -> comparison(left, Relation.LESS_OR_EQUAL);
      case GREATER -> comparison(left, Relation.GREATER);
      case GREATER_OR_EQUAL -> comparison(left, Relation.GREATER_OR_EQUAL);
      case OVERLAPS -> comparison(left, Relation.OVERLAPS);
      case IN -> membership(left, position, Sense.IN);
      case NOT -> {
        cursor.advance();
        if (cursor.kind() != Kind.IN) {
          throw cursor.unexpected();
        }
        yield membership(left, position, Sense.NOT_IN);
      }
      case PLUS -> arithmetic(left, Operation.ADD, power);
      case MINUS -> arithmetic(left, Operation.SUBTRACT, power);
      case STAR -> arithmetic(left, Operation.MULTIPLY, power);
      case SLASH -> arithmetic(left, Operation.DIVIDE, power);
      case PERCENT -> arithmetic(left, Operation.MODULO, power);
      case NAME, PATH, BIND, NUMBER, RANGE, STRING, TIME, LEFT, RIGHT, COMMA, END ->
          throw cursor.unexpected();
    };
  }

  private Parsed junction(Parsed first, int power) {
    Token token = cursor.current();
    List<WhereSyntax> parts = new ArrayList<>();
    parts.add(first.node());
    int depth = first.depth();
    while (cursor.kind() == token.kind()) {
      cursor.advance();
      Parsed part = expression(power + 1);
      parts.add(part.node());
      depth = Math.max(depth, part.depth());
    }
    WhereSyntax node =
        token.kind() == Kind.AND
            ? new WhereSyntax.And(token.position(), parts)
            : new WhereSyntax.Or(token.position(), parts);
    return parsed(node, depth + 1);
  }

  private Parsed comparison(Parsed left, Relation relation) {
    int position = cursor.advance().position();
    Parsed right = expression(COMPARISON + 1);
    return parsed(
        new WhereSyntax.Comparison(position, left.node(), relation, right.node()),
        1 + Math.max(left.depth(), right.depth()));
  }

  private Parsed arithmetic(Parsed left, Operation operation, int power) {
    int position = cursor.advance().position();
    Parsed right = expression(power + 1);
    return parsed(
        new WhereSyntax.Arithmetic(position, left.node(), operation, right.node()),
        1 + Math.max(left.depth(), right.depth()));
  }

  private Parsed membership(Parsed member, int position, Sense sense) {
    cursor.advance();
    cursor.expect(Kind.LEFT, "'(' must follow IN");
    List<WhereSyntax> items = new ArrayList<>();
    int depth = member.depth();
    do {
      Parsed item = item();
      items.add(item.node());
      depth = Math.max(depth, item.depth());
    } while (cursor.skip(Kind.COMMA));
    cursor.expect(Kind.RIGHT, "',' or ')' must follow an item of IN");
    return parsed(new WhereSyntax.In(position, member.node(), sense, items), depth + 1);
  }

  private Parsed item() {
    return switch (cursor.kind()) {
      case PLUS, MINUS -> {
        Token sign = cursor.advance();
        if (cursor.kind() != Kind.NUMBER) {
          throw cursor.unexpected();
        }
        yield operand(
            new WhereSyntax.Numeral(sign.position(), sign.text() + cursor.advance().text()));
      }
      case NAME, BIND, NUMBER, RANGE, STRING, TIME -> primary();
      case PATH ->
          throw source.unreadable(cursor.position(), "IN takes values, not qualified columns.");
      case LEFT,
          RIGHT,
          COMMA,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          STAR,
          SLASH,
          PERCENT,
          AND,
          OR,
          NOT,
          IN,
          OVERLAPS,
          END ->
          throw cursor.unexpected();
    };
  }

  private Parsed prefix(int power) {
    return switch (cursor.kind()) {
      case NOT -> {
        if (power > NOT) {
          throw cursor.unexpected();
        }
        int position = cursor.advance().position();
        Parsed operand = expression(NOT);
        yield parsed(new WhereSyntax.Not(position, operand.node()), operand.depth() + 1);
      }
      case PLUS -> signed(Sign.PLUS);
      case MINUS -> signed(Sign.MINUS);
      case LEFT -> parenthesized();
      case NAME, PATH, BIND, NUMBER, RANGE, STRING, TIME -> primary();
      case RIGHT,
          COMMA,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          STAR,
          SLASH,
          PERCENT,
          AND,
          OR,
          IN,
          OVERLAPS,
          END ->
          throw cursor.unexpected();
    };
  }

  private Parsed signed(Sign sign) {
    int position = cursor.advance().position();
    Parsed operand = expression(SIGN);
    return parsed(new WhereSyntax.Signed(position, sign, operand.node()), operand.depth() + 1);
  }

  private Parsed parenthesized() {
    int position = cursor.advance().position();
    Parsed first = expression(OR);
    if (!cursor.skip(Kind.COMMA)) {
      cursor.expect(Kind.RIGHT, "a parenthesis was not closed before this");
      return first;
    }
    Parsed second = expression(OR);
    cursor.expect(Kind.RIGHT, "a timespan '(begin, end)' must be closed here");
    return parsed(
        new WhereSyntax.Pair(position, first.node(), second.node()),
        1 + Math.max(first.depth(), second.depth()));
  }

  private Parsed primary() {
    Token token = cursor.advance();
    int position = token.position();
    return switch (token.kind()) {
      case NAME ->
          cursor.kind() == Kind.LEFT
              ? call(token)
              : operand(new WhereSyntax.Name(position, token.text()));
      case PATH -> operand(new WhereSyntax.Name(position, token.text()));
      case BIND -> operand(new WhereSyntax.Bind(position, token.text()));
      case NUMBER -> operand(new WhereSyntax.Numeral(position, token.text()));
      case RANGE -> operand(range(token));
      case STRING -> operand(new WhereSyntax.Text(position, token.text()));
      case TIME -> operand(new WhereSyntax.Time(position, token.text()));
      case LEFT,
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
          END ->
          throw new IllegalStateException("No operand starts with " + token.kind());
    };
  }

  private Parsed call(Token name) {
    cursor.advance();
    List<WhereSyntax> arguments = new ArrayList<>();
    int depth = 0;
    if (cursor.kind() != Kind.RIGHT) {
      do {
        Parsed argument = expression(OR);
        arguments.add(argument.node());
        depth = Math.max(depth, argument.depth());
      } while (cursor.skip(Kind.COMMA));
    }
    cursor.expect(Kind.RIGHT, "',' or ')' must follow an argument of " + name.text());
    Parsed call = operand(new WhereSyntax.Call(name.position(), name.text(), arguments));
    return parsed(call.node(), depth + 1);
  }

  private WhereSyntax.Range range(Token token) {
    Matcher parts = Lexer.RANGE.matcher(token.text());
    if (!parts.matches()) {
      throw new IllegalStateException("No range in a range token");
    }
    try {
      @Nullable String stride = parts.group("stride");
      return new WhereSyntax.Range(
          token.position(),
          Long.parseLong(parts.group("start")),
          Long.parseLong(parts.group("stop")),
          stride == null ? null : Long.valueOf(stride));
    } catch (NumberFormatException e) {
      throw source.unreadable(
          token.position(), "a number of this range does not fit into 64 bits.");
    }
  }

  private Parsed operand(WhereSyntax node) {
    operands++;
    if (operands > limits.operands()) {
      throw source.fault(
          node.position(),
          "The where text has more than the %d operands that the limit where.operands allows; give lists as bound values instead."
              .formatted(limits.operands()));
    }
    return new Parsed(node, 1);
  }

  private Parsed parsed(WhereSyntax node, int depth) {
    checkDepth(depth, node.position());
    return new Parsed(node, depth);
  }

  private void checkDepth(int depth, int position) {
    if (depth > limits.nesting()) {
      throw source.fault(
          position,
          "The where text nests deeper than the %d levels that the limit where.nesting allows."
              .formatted(limits.nesting()));
    }
  }
}
