package equerry.cli.change;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import equerry.cli.shell.CommaLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads values of dimensions that users and tables give.
final class DataIdValues {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

  private DataIdValues() {}

  /// The values of texts such as `instrument=LarkCam`, several in one between commas.
  ///
  /// @throws ButlerException.Invalid (malformed, dimension_name, dimension_value)
  static Map<String, Object> parse(List<String> texts, DimensionUniverse universe) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String text : CommaLists.split(texts)) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new ButlerException.Invalid(
            ErrorCode.MALFORMED,
            "'" + text + "' is no value of a data ID; write it as detector=12.");
      }
      String name = text.substring(0, equals).strip();
      values.put(name, value(dimension(name, universe), text.substring(equals + 1).strip()));
    }
    return values;
  }

  private static DimensionElement dimension(String name, DimensionUniverse universe) {
    List<String> known =
        universe.elements().stream()
            .filter(DimensionElement::isDimension)
            .map(DimensionElement::name)
            .toList();
    if (!known.contains(name)) {
      throw new ButlerException.Invalid(
          ErrorCode.DIMENSION_NAME,
          "There is no dimension '" + name + "'." + DidYouMean.sentence(name, known));
    }
    return universe.element(name);
  }

  /// The value of a dimension.
  ///
  /// @param given a text or number
  /// @throws ButlerException.Invalid (dimension_value) for what is no value of it
  static Object value(DimensionElement dimension, Object given) {
    if (dimension.primaryKey().type() != ColumnType.INT) {
      return given.toString();
    }
    return switch (given) {
      case Long number -> number;
      case Double number when number == Math.rint(number) -> number.longValue();
      case String text when INTEGER.matcher(text.strip()).matches() -> Long.parseLong(text.strip());
      case Object other ->
          throw new ButlerException.Invalid(
              ErrorCode.DIMENSION_VALUE,
              "'" + other + "' is no value of " + dimension.name() + ", which is a whole number.");
    };
  }
}
