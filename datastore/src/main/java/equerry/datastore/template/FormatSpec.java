package equerry.datastore.template;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a value is written: the part of Python's format language that file names use,
/// `[[fill]align][sign][#][0][width][,|_][.precision][type]` with the types `d`, `x`, `X`, `o`, `b`
/// of integers, `f` of numbers and `s` of texts. The source is the Python Library Reference, "Format
/// Specification Mini-Language".
///
/// @param fill character that fills up to the width
/// @param align one of `<`, `>`, `^`, `=`, or NUL for what suits the type
/// @param sign `+`, `-` or a space
/// @param width least number of characters
/// @param precision digits after the point, or most characters of a text; -1 for any
/// @param type the letter, or NUL
record FormatSpec(String fill, char align, char sign, int width, int precision, char type) {
  /// A name of a file has at most 255 bytes.
  static final int MAX_WIDTH = 255;

  static final FormatSpec PLAIN = new FormatSpec(" ", '\0', '-', 0, -1, '\0');

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\\d{1,4})?"
              + "(?:\\.(?<precision>\\d{1,4}))?(?<type>[dxXobfs])?",
          Pattern.DOTALL);

  /// Reads a specification; empty when it is none, or one that names of files have no use for.
  static Optional<FormatSpec> parse(String text) {
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
            parts.group("sign") == null ? '-' : parts.group("sign").charAt(0),
            width,
            precision,
            parts.group("type") == null ? '\0' : parts.group("type").charAt(0)));
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  /// Writes a value; empty when this specification does not suit it.
  Optional<String> format(Object value) {
    return switch (value) {
      case String text -> formatText(text);
      case Long number -> formatInteger(number);
      case Double number -> formatDouble(number);
      default -> equals(PLAIN) ? Optional.of(value.toString()) : Optional.empty();
    };
  }

  private Optional<String> formatText(String text) {
    if (type != '\0' && type != 's' || align == '=' || sign != '-') {
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
    if (type == 'f') {
      return formatDouble((double) number);
    }
    if (precision >= 0 || type == 's') {
      return Optional.empty();
    }
    String digits =
        Long.toUnsignedString(
            Math.abs(number),
            switch (type) {
              case 'x', 'X' -> 16;
              case 'o' -> 8;
              case 'b' -> 2;
              default -> 10;
            });
    return Optional.of(number(number < 0, type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits));
  }

  private Optional<String> formatDouble(double number) {
    if (!Double.isFinite(number) || type != 'f') {
      boolean plain = equals(PLAIN) && Double.isFinite(number);
      return plain ? Optional.of(PythonNumber.repr(number)) : Optional.empty();
    }
    int digits = precision < 0 ? 6 : precision;
    String text =
        new java.math.BigDecimal(Math.abs(number))
            .setScale(digits, java.math.RoundingMode.HALF_EVEN)
            .toPlainString();
    return Optional.of(number(number < 0, text));
  }

  private String number(boolean negative, String digits) {
    String prefix = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
    return switch (align) {
      case '\0' -> padded("", prefix + digits, '>');
      case '0', '=' -> padded(prefix, digits, '>');
      default -> padded("", prefix + digits, align);
    };
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
