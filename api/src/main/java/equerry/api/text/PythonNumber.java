package equerry.api.text;

import java.math.BigDecimal;
import java.util.Locale;

/// Numbers as Python writes them.
public final class PythonNumber {
  private static final int FIRST_EXPONENT = -4;
  private static final int LAST_EXPONENT = 15;

  private PythonNumber() {}

  /// The shortest decimal that reads back as the same number, in exponential form from 1e16 up and
  /// below 1e-4, as `float.__repr__` writes it. Since JDK 19 `Double.toString` gives the same digits
  /// in another form.
  public static String repr(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent < FIRST_EXPONENT || exponent > LAST_EXPONENT) {
      return scientific(shortest);
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  /// All digits of a number with an exponent of at least two digits: `1.5e-07`.
  static String scientific(BigDecimal number) {
    int exponent = number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = number.signum() < 0 ? "-" : "";
    return sign
        + digits.charAt(0)
        + fraction
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
