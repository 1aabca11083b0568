package equerry.api.where;

import java.util.List;

/// Writes a tree as a `where` text with no more parentheses than it needs.
///
/// Parsing the text gives the same tree, but for positions.
public final class WherePrinter {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;
  private static final int PRIMARY = 8;

  private final StringBuilder out = new StringBuilder();

  private WherePrinter() {}

  public static String print(WhereSyntax tree) {
    WherePrinter printer = new WherePrinter();
    printer.write(tree, OR);
    return printer.out.toString();
  }

  private static int strength(WhereSyntax node) {
    return switch (node) {
      case WhereSyntax.Or or -> OR;
      case WhereSyntax.And and -> AND;
      case WhereSyntax.Not not -> NOT;
      case WhereSyntax.Comparison comparison -> COMPARISON;
      case WhereSyntax.In in -> COMPARISON;
      case WhereSyntax.Arithmetic arithmetic -> strength(arithmetic.operation());
      case WhereSyntax.Signed signed -> SIGN;
      case WhereSyntax.Pair pair -> PRIMARY;
      case WhereSyntax.Call call -> PRIMARY;
      case WhereSyntax.Name name -> PRIMARY;
      case WhereSyntax.Bind bind -> PRIMARY;
      case WhereSyntax.Numeral numeral -> PRIMARY;
      case WhereSyntax.Text text -> PRIMARY;
      case WhereSyntax.Time time -> PRIMARY;
      case WhereSyntax.Range range -> PRIMARY;
    };
  }

  private static int strength(WhereSyntax.Operation operation) {
    return switch (operation) {
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE, MODULO -> PRODUCT;
    };
  }

  /// Writes a node, in parentheses if it binds weaker than its place demands.
  private void write(WhereSyntax node, int demanded) {
    boolean parentheses = strength(node) < demanded;
    if (parentheses) {
      out.append('(');
    }
    write(node);
    if (parentheses) {
      out.append(')');
    }
  }

  private void write(WhereSyntax node) {
    switch (node) {
      case WhereSyntax.Or or -> list(or.operands(), " OR ", AND);
      case WhereSyntax.And and -> list(and.operands(), " AND ", NOT);
      case WhereSyntax.Not not -> {
        out.append("NOT ");
        write(not.operand(), NOT);
      }
      case WhereSyntax.Comparison comparison -> {
        write(comparison.left(), SUM);
        out.append(' ').append(comparison.relation().symbol()).append(' ');
        write(comparison.right(), SUM);
      }
      case WhereSyntax.In in -> {
        write(in.member(), SUM);
        out.append(in.sense() == WhereSyntax.Sense.IN ? " IN (" : " NOT IN (");
        list(in.items(), ", ", PRIMARY);
        out.append(')');
      }
      case WhereSyntax.Arithmetic arithmetic -> {
        int strength = strength(arithmetic.operation());
        write(arithmetic.left(), strength);
        out.append(' ').append(arithmetic.operation().symbol()).append(' ');
        write(arithmetic.right(), strength + 1);
      }
      case WhereSyntax.Signed signed -> {
        out.append(signed.sign().symbol());
        // `-3..5` would be read as a range that starts at -3.
        out.append(signed.operand() instanceof WhereSyntax.Range ? " " : "");
        write(signed.operand(), SIGN);
      }
      case WhereSyntax.Pair pair -> {
        out.append('(');
        list(List.of(pair.begin(), pair.end()), ", ", OR);
        out.append(')');
      }
      case WhereSyntax.Call call -> {
        out.append(call.function()).append('(');
        list(call.arguments(), ", ", OR);
        out.append(')');
      }
      case WhereSyntax.Name name -> out.append(name.text());
      case WhereSyntax.Bind bind -> out.append(':').append(bind.name());
      case WhereSyntax.Numeral numeral -> out.append(numeral.text());
      case WhereSyntax.Text text -> out.append('\'').append(text.value()).append('\'');
      case WhereSyntax.Time time -> out.append("T'").append(time.value()).append('\'');
      case WhereSyntax.Range range -> {
        out.append(range.start()).append("..").append(range.stop());
        if (range.stride() != null) {
          out.append(':').append(range.stride());
        }
      }
    }
  }

  private void list(List<WhereSyntax> nodes, String between, int demanded) {
    String separator = "";
    for (WhereSyntax node : nodes) {
      out.append(separator);
      write(node, demanded);
      separator = between;
    }
  }
}
