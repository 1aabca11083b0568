package equerry.api.where;

import equerry.api.ColumnType;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The functions of the language: GLOB, UUID and those of [Regions]. Names count in any case.
final class Functions {
  private static final List<String> NAMES =
      List.of("BOX", "CIRCLE", "GLOB", "POINT", "POLYGON", "REGION", "UUID");
  private static final Pattern UUID_DIGITS =
      Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");
  private static final int SHOWN = 120;

  private final Source source;
  private final Regions regions;

  Functions(Source source) {
    this.source = source;
    this.regions = new Regions(source);
  }

  /// What a call means.
  ///
  /// @param binder gives an argument its meaning
  Bound call(WhereSyntax.Call call, Function<WhereSyntax, Bound> binder) {
    if (Regions.isRegionFunction(call.function())) {
      return regions.region(call, binder);
    }
    return switch (call.function().toUpperCase(Locale.ROOT)) {
      case "GLOB" -> glob(call, binder);
      case "UUID" -> uuid(call);
      default ->
          throw source.fault(
              call.position(),
              "Unknown function %s in expression.%s"
                  .formatted(
                      Source.quote(call.function()), DidYouMean.sentence(call.function(), NAMES)));
    };
  }

  private Bound glob(WhereSyntax.Call call, Function<WhereSyntax, Bound> binder) {
    if (call.arguments().size() != 2) {
      throw source.unreadable(call.position(), "GLOB needs two arguments: column, 'pattern'.");
    }
    WhereSyntax tested = call.arguments().getFirst();
    WhereSyntax wanted = call.arguments().getLast();
    if (!(tested instanceof WhereSyntax.Name)) {
      throw source.unreadable(
          tested.position(), "glob() first argument must be the name of a column.");
    }
    if (!(wanted instanceof WhereSyntax.Text || wanted instanceof WhereSyntax.Bind)) {
      throw source.unreadable(
          wanted.position(), "glob() second argument must be a string or a bound value.");
    }
    if (!(binder.apply(tested) instanceof Bound.Value(Expression column)
        && isStringColumn(column))) {
      throw source.fault(
          tested.position(),
          "glob() first argument must be a string column, which '%s' is not."
              .formatted(shown(tested)));
    }
    if (!(binder.apply(wanted) instanceof Bound.Value(Expression pattern)
        && pattern instanceof Expression.StringLiteral)) {
      throw source.fault(wanted.position(), "glob() second argument must be a string.");
    }
    return new Bound.Condition(new Predicate.Comparison(column, Predicate.Operator.GLOB, pattern));
  }

  private static boolean isStringColumn(Expression column) {
    return column.isColumn() && column.type() == ColumnType.STRING;
  }

  private Bound uuid(WhereSyntax.Call call) {
    if (call.arguments().size() != 1
        || !(call.arguments().getFirst() instanceof WhereSyntax.Text(int position, String value))) {
      throw source.unreadable(call.position(), "UUID needs one text: UUID('…').");
    }
    String digits =
        value
            .toLowerCase(Locale.ROOT)
            .replace("urn:", "")
            .replace("uuid:", "")
            .replace("{", "")
            .replace("}", "")
            .replace("-", "");
    Matcher matcher = UUID_DIGITS.matcher(digits);
    if (!matcher.matches()) {
      throw source.unreadable(
          position, Source.quote(value) + " is no UUID, which has 32 hexadecimal digits.");
    }
    return new Bound.Value(
        new Expression.UuidLiteral(UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5"))));
  }

  /// An error that [Source#at] will give a place.
  static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }

  /// A part of the text for a message, not too long.
  static String shown(WhereSyntax node) {
    String text = WherePrinter.print(node);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
