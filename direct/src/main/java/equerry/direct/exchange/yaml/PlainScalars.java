package equerry.direct.exchange.yaml;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What scalars without quotes and tags mean: the types of YAML 1.1 in the forms that PyYAML takes
/// (https://yaml.org/type/), which is stricter with numbers: `1e3` and `1.5e3` are texts for it.
final class PlainScalars {
  private static final Pattern BOOL = Pattern.compile("(?i:yes|no|true|false|on|off)");
  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern INT =
      Pattern.compile(
          "(?<sign>[-+]?)(?:0b(?<binary>[0-1_]+)|0x(?<hex>[0-9a-fA-F_]+)|0(?<octal>[0-7_]+)"
              + "|(?<decimal>0|[1-9][0-9_]*)|(?<sixty>[1-9][0-9_]*(?::[0-5]?[0-9])+))");
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<number>[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)"
              + "|(?<sixty>[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*)"
              + "|(?<sign>[-+]?)\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \\t]+)[0-9][0-9]?"
              + ":[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?");
  private static final List<String> SPECIAL = List.of("<<", "=");
  private static final List<String> TRUE = List.of("yes", "true", "on");

  private PlainScalars() {}

  /// Whether a text that is written without quotes is read as this text.
  static boolean isText(String value) {
    return !NULL.matcher(value).matches()
        && !isBool(value)
        && !INT.matcher(value).matches()
        && !FLOAT.matcher(value).matches()
        && !TIMESTAMP.matcher(value).matches()
        && !SPECIAL.contains(value);
  }

  /// `yes`, `Yes` and `YES` are values, `yEs` is a text.
  private static boolean isBool(String value) {
    if (!BOOL.matcher(value).matches()) {
      return false;
    }
    String rest = value.substring(1);
    return rest.equals(rest.toLowerCase(Locale.ROOT))
        || value.equals(value.toUpperCase(Locale.ROOT));
  }

  /// The value of a scalar.
  ///
  /// @throws NumberFormatException for a whole number outside of 64 bits
  /// @throws equerry.api.error.ButlerException.Invalid for a time that is none
  static @Nullable Object value(String text) {
    if (NULL.matcher(text).matches()) {
      return null;
    }
    if (isBool(text)) {
      return TRUE.contains(text.toLowerCase(Locale.ROOT));
    }
    Matcher whole = INT.matcher(text);
    if (whole.matches()) {
      return whole(whole);
    }
    Matcher real = FLOAT.matcher(text);
    if (real.matches()) {
      return real(real);
    }
    return TIMESTAMP.matcher(text).matches() ? YamlTime.ofTimestamp(text) : text;
  }

  private static Long whole(Matcher matcher) {
    BigInteger magnitude;
    if (matcher.group("binary") != null) {
      magnitude = digits(matcher.group("binary"), 2);
    } else if (matcher.group("hex") != null) {
      magnitude = digits(matcher.group("hex"), 16);
    } else if (matcher.group("octal") != null) {
      magnitude = digits(matcher.group("octal"), 8);
    } else if (matcher.group("decimal") != null) {
      magnitude = digits(matcher.group("decimal"), 10);
    } else {
      magnitude = BigInteger.ZERO;
      for (String part : matcher.group("sixty").split(":")) {
        magnitude = magnitude.multiply(BigInteger.valueOf(60)).add(digits(part, 10));
      }
    }
    try {
      return (matcher.group("sign").equals("-") ? magnitude.negate() : magnitude).longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw new NumberFormatException("a whole number outside of 64 bits");
    }
  }

  private static BigInteger digits(String text, int radix) {
    return new BigInteger(text.replace("_", ""), radix);
  }

  private static Double real(Matcher matcher) {
    if (matcher.group("number") != null) {
      return Double.parseDouble(matcher.group("number").replace("_", ""));
    }
    if (matcher.group("sixty") != null) {
      return sixties(matcher.group("sixty").replace("_", ""));
    }
    if (matcher.group("sign") != null) {
      return matcher.group("sign").equals("-")
          ? Double.NEGATIVE_INFINITY
          : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }

  private static double sixties(String text) {
    boolean negative = text.startsWith("-");
    double sum = 0.0;
    for (String part : text.replaceFirst("^[-+]", "").split(":")) {
      sum = sum * 60.0 + Double.parseDouble(part);
    }
    return negative ? -sum : sum;
  }
}
