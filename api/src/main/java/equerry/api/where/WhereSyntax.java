package equerry.api.where;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a `where` text says, before names have a meaning.
///
/// Every node knows its position, the number of characters before the one that a message should
/// point at (0-based). Parentheses are not kept; [WherePrinter] puts them where they are needed.
public sealed interface WhereSyntax {
  int position();

  /// Two or more conditions that must all hold.
  record And(int position, List<WhereSyntax> operands) implements WhereSyntax {
    public And {
      operands = several(operands);
    }
  }

  /// Two or more conditions of which one must hold.
  record Or(int position, List<WhereSyntax> operands) implements WhereSyntax {
    public Or {
      operands = several(operands);
    }
  }

  record Not(int position, WhereSyntax operand) implements WhereSyntax {}

  record Comparison(int position, WhereSyntax left, Relation relation, WhereSyntax right)
      implements WhereSyntax {}

  /// The operators of comparisons.
  enum Relation {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    OVERLAPS("OVERLAPS");

    private final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /// `member IN (items)` or `member NOT IN (items)`.
  record In(int position, WhereSyntax member, Sense sense, List<WhereSyntax> items)
      implements WhereSyntax {
    public In {
      items = List.copyOf(items);
      if (items.isEmpty()) {
        throw new IllegalArgumentException("IN without items");
      }
    }
  }

  enum Sense {
    IN,
    NOT_IN
  }

  record Arithmetic(int position, WhereSyntax left, Operation operation, WhereSyntax right)
      implements WhereSyntax {}

  /// The operators of arithmetic.
  enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%");

    private final String symbol;

    Operation(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /// A sign before a value.
  record Signed(int position, Sign sign, WhereSyntax operand) implements WhereSyntax {}

  enum Sign {
    PLUS("+"),
    MINUS("-");

    private final String symbol;

    Sign(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /// `(begin, end)`, a timespan.
  record Pair(int position, WhereSyntax begin, WhereSyntax end) implements WhereSyntax {}

  record Call(int position, String function, List<WhereSyntax> arguments) implements WhereSyntax {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Call {
      arguments = List.copyOf(arguments);
      mustMatch(FORM, function);
    }
  }

  /// A column, a constant (`NULL`) or a bound value: `visit`, `visit.id`, `visit.timespan.begin`.
  record Name(int position, String text) implements WhereSyntax {
    private static final Pattern FORM =
        Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*){0,2}");

    public Name {
      mustMatch(FORM, text);
    }
  }

  /// `:name`, a value given beside the text.
  record Bind(int position, String name) implements WhereSyntax {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Bind {
      mustMatch(FORM, name);
    }
  }

  /// A number as it was written; only items of IN have a sign.
  record Numeral(int position, String text) implements WhereSyntax {
    private static final Pattern FORM =
        Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");

    public Numeral {
      mustMatch(FORM, text);
    }
  }

  /// `'…'`; the language has no way to write a quote or a line end in it.
  record Text(int position, String value) implements WhereSyntax {
    public Text {
      mustBeQuotable(value);
    }
  }

  /// `T'…'`, see [equerry.api.time.TimeText].
  record Time(int position, String value) implements WhereSyntax {
    public Time {
      mustBeQuotable(value);
    }
  }

  /// `start..stop:stride`, integers up to and with `stop`.
  record Range(int position, long start, long stop, @Nullable Long stride) implements WhereSyntax {
    public Range {
      if (stride != null && stride < 1) {
        throw new IllegalArgumentException("A stride of " + stride);
      }
    }
  }

  private static List<WhereSyntax> several(List<WhereSyntax> operands) {
    if (operands.size() < 2) {
      throw new IllegalArgumentException("AND or OR of " + operands.size());
    }
    return List.copyOf(operands);
  }

  private static void mustMatch(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' cannot be written in a where text");
    }
  }

  private static void mustBeQuotable(String text) {
    if (text.indexOf('\'') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("A quote or line end cannot be written in a where text");
    }
  }
}
