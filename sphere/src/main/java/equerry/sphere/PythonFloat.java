package equerry.sphere;

import java.math.BigDecimal;

/// Doubles as Python prints them: the shortest digits that read back to the same number, with an
/// exponent below 1e-4 and from 1e16 on.
public final class PythonFloat {
  private static final int FIRST_EXPONENT = -4;
  private static final int LAST_EXPONENT = 15;

  private PythonFloat() {}

  public static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0.0 ? "inf" : "-inf";
    }
    if (value == 0.0) {
      return 1.0 / value > 0.0 ? "0.0" : "-0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < FIRST_EXPONENT || exponent > LAST_EXPONENT) {
      return scientific(decimal, exponent);
    }
    String plain = decimal.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String digits = decimal.unscaledValue().abs().toString();
    String point = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            decimal.signum() < 0 ? "-" : "",
            digits.charAt(0),
            point,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }
}
