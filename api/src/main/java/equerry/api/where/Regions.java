package equerry.api.where;

import equerry.api.ColumnType;
import equerry.api.query.Expression;
import equerry.api.query.Expression.UnaryOperator;
import equerry.sphere.Box;
import equerry.sphere.Circle;
import equerry.sphere.ConvexPolygon;
import equerry.sphere.DegenerateRegionException;
import equerry.sphere.LonLat;
import equerry.sphere.Region;
import equerry.sphere.RegionFormatException;
import equerry.sphere.UnitVector3d;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The functions of the language that make regions of the sky, in degrees.
///
/// `CIRCLE(ra, dec, r)` has an opening angle of twice `r`, as in the stock package, whose queries
/// must find the same; `REGION('CIRCLE ra dec r')` has not.
final class Regions {
  private static final Pattern NOT_FINITE =
      Pattern.compile("\\b(nan|inf(inity)?)\\b", Pattern.CASE_INSENSITIVE);
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
    try {
      Region region = name.equals("REGION") ? ofText(call, binder) : ofNumbers(call, name, binder);
      return new Bound.Value(
          new Expression.BytesLiteral(ColumnType.REGION, new Expression.Bytes(region.encode())));
    } catch (RegionFormatException | DegenerateRegionException refused) {
      throw source.fault(call.position(), "There is no such region: " + refused.getMessage());
    }
  }

  private Region ofText(WhereSyntax.Call call, Function<WhereSyntax, Bound> binder) {
    String text = text(call.arguments().getFirst(), binder);
    if (NOT_FINITE.matcher(text).find()) {
      throw source.fault(call.position(), "A region has finite numbers only.");
    }
    return Region.fromIvoaPos(text);
  }

  private Region ofNumbers(
      WhereSyntax.Call call, String name, Function<WhereSyntax, Bound> binder) {
    List<Double> numbers = new ArrayList<>();
    for (WhereSyntax argument : call.arguments()) {
      numbers.add(number(argument, binder.apply(argument), name));
    }
    if (name.equals("POLYGON")) {
      List<UnitVector3d> vertices = new ArrayList<>();
      for (int i = 0; i < numbers.size(); i += 2) {
        vertices.add(UnitVector3d.of(LonLat.ofDegrees(numbers.get(i), numbers.get(i + 1))));
      }
      return ConvexPolygon.hullOf(vertices);
    }
    LonLat center = LonLat.ofDegrees(numbers.get(0), numbers.get(1));
    return switch (name) {
      case "POINT" -> Circle.of(UnitVector3d.of(center));
      case "CIRCLE" -> Circle.of(UnitVector3d.of(center), Math.toRadians(numbers.get(2) * 2));
      default ->
          Box.around(
              center, Math.toRadians(numbers.get(2) / 2), Math.toRadians(numbers.get(3) / 2));
    };
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

  private String text(WhereSyntax argument, Function<WhereSyntax, Bound> binder) {
    boolean bindable =
        argument instanceof WhereSyntax.Text
            || argument instanceof WhereSyntax.Bind
            || argument instanceof WhereSyntax.Name;
    if (!bindable) {
      throw source.unreadable(
          argument.position(), "REGION takes a text such as 'CIRCLE 10 20 0.5', or a bound value.");
    }
    if (binder.apply(argument) instanceof Bound.Value(Expression value)
        && value instanceof Expression.StringLiteral literal) {
      return literal.text();
    }
    throw source.fault(
        argument.position(),
        "Expression '%s' in REGION() is not a literal string."
            .formatted(Functions.shown(argument)));
  }

  /// The number that an argument is, with any signs before it.
  private double number(WhereSyntax argument, Bound bound, String function) {
    double sign = 1;
    Expression unsigned = bound instanceof Bound.Value(Expression value) ? value : null;
    while (unsigned instanceof Expression.Unary(UnaryOperator operator, Expression operand)
        && operator == UnaryOperator.NEGATE) {
      sign = -sign;
      unsigned = operand;
    }
    return switch (unsigned) {
      case Expression.IntLiteral literal -> sign * literal.number();
      case Expression.FloatLiteral literal -> sign * literal.number();
      case null, default ->
          throw source.fault(
              argument.position(),
              "Expression '%s' in %s() is not a literal number."
                  .formatted(Functions.shown(argument), function));
    };
  }
}
