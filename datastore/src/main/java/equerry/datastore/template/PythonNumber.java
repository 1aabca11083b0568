package equerry.datastore.template;

import java.math.BigDecimal;

/// Numbers as Python writes them.
final class PythonNumber {
  private PythonNumber() {}

  /// The shortest decimal that reads back as the same number, in exponential form from 1e16 up and
  /// below 1e-4, as `float.__repr__` writes it. Since JDK 19 `Double.toString` gives the same digits
  /// in another form.
  static String repr(double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = String.format("%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    return (number < 0 ? "-" : "") + mantissa + "e" + power;
  }
}
