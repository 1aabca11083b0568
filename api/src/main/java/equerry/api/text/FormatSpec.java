package equerry.api.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a value is written: Python's format language but for `#`, `z` and the types `c` and `n`,
/// `[[fill]align][sign][0][width][,|_][.precision][type]` with the types `d`, `x`, `X`, `o`, `b` of
/// integers, `e`, `E`, `f`, `F`, `g`, `G`, `%` of numbers and `s` of texts. The source is the Python
/// Library Reference, "Format Specification Mini-Language".
///
/// @param fill character that fills up to the width
/// @param align one of `<`, `>`, `^`, `=`; `0` for a width that starts with a zero, or NUL for what
///     suits the type
/// @param sign `+`, `-` or a space
/// @param width least number of characters
/// @param grouping what separates thousands, or NUL
/// @param precision digits after the point, or most characters of a text; -1 for any
/// @param type the letter, or NUL
public record FormatSpec(
    String fill, char align, char sign, int width, char grouping, int precision, char type) {
  /// A name of a file has at most 255 bytes.
  public static final int MAX_WIDTH = 255;

  public static final FormatSpec PLAIN = new FormatSpec(" ", '\0', '-', 0, '\0', -1, '\0');

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\\d{1,4})?"
              + "(?<grouping>[,_])?(?:\\.(?<precision>\\d{1,4}))?(?<type>[dxXobeEfFgG%s])?",
          Pattern.DOTALL);

  /// Reads a specification; empty when it is none, or one that is not followed.
  public static Optional<FormatSpec> parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean zero = parts.group("zero") != null;
    String fill = parts.group("fill");
    String align = parts.group("align");
    int width = number(parts.group("width"), 0);
    int precision = number(parts.group("precision"), -1);
    if (width > MAX_WIDTH || precision > MAX_WIDTH) {
      return Optional.empty();
    }
    return Optional.of(
        new FormatSpec(
            fill != null ? fill : zero ? "0" : " ",
            align != null ? align.charAt(0) : zero ? '0' : '\0',
            letter(parts.group("sign"), '-'),
            width,
            letter(parts.group("grouping"), '\0'),
            precision,
            letter(parts.group("type"), '\0')));
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static char letter(@Nullable String text, char otherwise) {
    return text == null ? otherwise : text.charAt(0);
  }

  /// Writes a value; empty when this specification does not suit it.
  public Optional<String> format(@Nullable Object value) {
    return switch (value) {
      case String text -> formatText(text);
      case Long number -> formatInteger(number);
      case Double number -> formatDouble(number);
      case Boolean truth when equals(PLAIN) -> Optional.of(truth ? "True" : "False");
      case Boolean truth -> formatInteger(truth ? 1L : 0L);
      case null -> equals(PLAIN) ? Optional.of("None") : Optional.empty();
      default -> equals(PLAIN) ? Optional.of(value.toString()) : Optional.empty();
    };
  }

  private Optional<String> formatText(String text) {
    if ((type != '\0' && type != 's') || align == '=' || sign != '-' || grouping != '\0') {
      return Optional.empty();
    }
    int points = text.codePointCount(0, text.length());
    String cut =
        precision >= 0 && precision < points
            ? text.substring(0, text.offsetByCodePoints(0, precision))
            : text;
    return Optional.of(padded("", cut, align == '\0' || align == '0' ? '<' : align));
  }

  private Optional<String> formatInteger(long number) {
    if (isOfReals()) {
      return formatDouble((double) number);
    }
    boolean decimal = type == '\0' || type == 'd';
    if (precision >= 0 || type == 's' || (grouping == ',' && !decimal)) {
      return Optional.empty();
    }
    String digits = Long.toUnsignedString(Math.abs(number), radix());
    String cased = type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    return number(number < 0, cased, decimal ? 3 : 4);
  }

  private int radix() {
    return switch (type) {
      case 'x', 'X' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  private boolean isOfReals() {
    return type != '\0' && "eEfFgG%".indexOf(type) >= 0;
  }

  private Optional<String> formatDouble(double number) {
    if (!isOfReals() && (type != '\0' || precision >= 0)) {
      return Optional.empty();
    }
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    return number(negative, digits(Math.abs(number)), 3);
  }

  private String digits(double number) {
    if (!Double.isFinite(number)) {
      String text = PythonNumber.repr(number) + (type == '%' ? "%" : "");
      return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
    }
    int places = precision < 0 ? 6 : precision;
    return switch (type) {
      case 'f', 'F' -> fixed(new BigDecimal(number), places);
      case '%' -> fixed(new BigDecimal(number * 100), places) + "%";
      case 'e' -> exponential(number, places);
      case 'E' -> exponential(number, places).toUpperCase(Locale.ROOT);
      case 'g' -> general(number, Math.max(places, 1));
      case 'G' -> general(number, Math.max(places, 1)).toUpperCase(Locale.ROOT);
      default -> PythonNumber.repr(number);
    };
  }

  private static String fixed(BigDecimal number, int places) {
    return number.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponential(double number, int places) {
    if (number == 0) {
      return fixed(BigDecimal.ZERO, places) + "e+00";
    }
    BigDecimal rounded = rounded(number, places + 1);
    int missing = places + 1 - rounded.precision();
    return PythonNumber.scientific(rounded.setScale(rounded.scale() + missing));
  }

  private static String general(double number, int digits) {
    BigDecimal rounded = rounded(number, digits);
    int exponent = number == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    BigDecimal shortest = number == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    return exponent < -4 || exponent >= digits
        ? PythonNumber.scientific(shortest)
        : shortest.toPlainString();
  }

  private static BigDecimal rounded(double number, int digits) {
    return new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private Optional<String> number(boolean negative, String digits, int group) {
    String prefix = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
    boolean zeros = align == '0' || (align == '=' && fill.equals("0"));
    if (grouping != '\0' && zeros && width > 0) {
      return Optional.empty();
    }
    String grouped = grouping == '\0' ? digits : grouped(digits, group);
    return Optional.of(
        switch (align) {
          case '\0' -> padded("", prefix + grouped, '>');
          case '0', '=' -> padded(prefix, grouped, '>');
          default -> padded("", prefix + grouped, align);
        });
  }

  private String grouped(String digits, int group) {
    int end = 0;
    int radix = group == 3 ? 10 : 16;
    while (end < digits.length() && Character.digit(digits.charAt(end), radix) >= 0) {
      end++;
    }
    StringBuilder text = new StringBuilder(digits);
    for (int i = end - group; i > 0; i -= group) {
      text.insert(i, grouping);
    }
    return text.toString();
  }

  private String padded(String prefix, String text, char where) {
    int length = prefix.length() + text.codePointCount(0, text.length());
    int missing = Math.max(0, width - length);
    int left =
        switch (where) {
          case '<' -> 0;
          case '^' -> missing / 2;
          default -> missing;
        };
    return prefix + fill.repeat(left) + text + fill.repeat(missing - left);
  }
}
