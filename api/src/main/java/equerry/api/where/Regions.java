package equerry.api.where;

import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Expression.UnaryOperator;
import java.util.Locale;
import java.util.function.Function;

/// The functions of the language that make regions of the sky.
///
/// Arguments are checked; the regions themselves are not made yet, since no query with a region can
/// be answered yet. [#region] is the one place to put them.
final class Regions {
  private final Source source;

  Regions(Source source) {
    this.source = source;
  }

  static boolean isRegionFunction(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "POINT", "CIRCLE", "BOX", "POLYGON", "REGION" -> true;
      default -> false;
    };
  }

  /// The region that a call means.
  ///
  /// @param binder gives an argument its meaning
  Bound region(WhereSyntax.Call call, Function<WhereSyntax, Bound> binder) {
    String name = call.function().toUpperCase(Locale.ROOT);
    checkCount(call, name, call.arguments().size());
    for (WhereSyntax argument : call.arguments()) {
      if (name.equals("REGION")) {
        checkText(argument, binder);
      } else {
        checkNumber(argument, binder.apply(argument), name);
      }
    }
    throw source.fault(
        ErrorCode.UNIMPLEMENTED_QUERY,
        call.position(),
        "Conditions on regions of the sky, such as " + name + "(…), are not supported yet.");
  }

  private void checkCount(WhereSyntax.Call call, String name, int count) {
    boolean fits =
        switch (name) {
          case "POINT" -> count == 2;
          case "CIRCLE" -> count == 3;
          case "BOX" -> count == 4;
          case "POLYGON" -> count >= 6 && count % 2 == 0;
          default -> count == 1;
        };
    if (!fits) {
      throw source.unreadable(
          call.position(),
          switch (name) {
            case "POINT" -> "POINT needs two arguments: ra, dec.";
            case "CIRCLE" -> "CIRCLE needs three arguments: ra, dec, radius.";
            case "BOX" -> "BOX needs four arguments: ra, dec, width, height.";
            case "POLYGON" -> "POLYGON needs ra and dec of at least three vertices, in one list.";
            default -> "REGION needs one text, such as 'CIRCLE 10 20 0.5'.";
          });
    }
  }

  private void checkText(WhereSyntax argument, Function<WhereSyntax, Bound> binder) {
    boolean bindable =
        argument instanceof WhereSyntax.Text
            || argument instanceof WhereSyntax.Bind
            || argument instanceof WhereSyntax.Name;
    if (!bindable) {
      throw source.unreadable(
          argument.position(), "REGION takes a text such as 'CIRCLE 10 20 0.5', or a bound value.");
    }
    boolean text =
        binder.apply(argument) instanceof Bound.Value(Expression value)
            && value instanceof Expression.StringLiteral;
    if (!text) {
      throw source.fault(
          argument.position(),
          "Expression '%s' in REGION() is not a literal string."
              .formatted(Functions.shown(argument)));
    }
  }

  private void checkNumber(WhereSyntax argument, Bound bound, String function) {
    if (!(bound instanceof Bound.Value(Expression value) && isNumber(value))) {
      throw source.fault(
          argument.position(),
          "Expression '%s' in %s() is not a literal number."
              .formatted(Functions.shown(argument), function));
    }
  }

  private static boolean isNumber(Expression value) {
    Expression unsigned = value;
    while (unsigned instanceof Expression.Unary(UnaryOperator operator, Expression operand)
        && operator == UnaryOperator.NEGATE) {
      unsigned = operand;
    }
    return unsigned instanceof Expression.Literal literal && literal.type().isNumeric();
  }
}
