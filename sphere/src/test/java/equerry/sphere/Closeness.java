package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Compares encoded regions bit for bit, and allows a few last bits to differ.
///
/// glibc rounds about one of a thousand trigonometric results to the second nearest double; so a
/// bound on the share of such cases is asserted, and that nothing differs by more than some units
/// in the last place of the largest number.
final class Closeness {
  private final double maxShare;
  private final double maxUlps;
  private int compared;
  private int inexact;

  Closeness(double maxShare, double maxUlps) {
    this.maxShare = maxShare;
    this.maxUlps = maxUlps;
  }

  void compare(String expected, String actual) {
    compared++;
    if (expected.equals(actual)) {
      return;
    }
    inexact++;
    assertThat(actual.length()).as(expected).isEqualTo(expected.length());
    assertThat(actual.substring(0, 2)).isEqualTo(expected.substring(0, 2));
    double[] numbers = numbers(expected);
    double[] found = numbers(actual);
    for (int i = 0; i < numbers.length; i++) {
      if (Double.compare(numbers[i], found[i]) != 0) {
        assertThat(Math.abs(numbers[i] - found[i]))
            .as("number %d of %s, found %s", i, expected, actual)
            .isLessThanOrEqualTo(maxUlps * Math.ulp(Math.max(1.0, Math.abs(numbers[i]))));
      }
    }
  }

  void check() {
    assertThat(compared).isPositive();
    assertThat(inexact)
        .as("inexact of %d", compared)
        .isLessThanOrEqualTo((int) (maxShare * compared));
  }

  @Override
  public String toString() {
    return inexact + " of " + compared + " differ in last bits";
  }

  private static double[] numbers(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    double[] result = new double[(bytes.length - 1) / Double.BYTES];
    for (int i = 0; i < result.length; i++) {
      result[i] = buffer.getDouble();
    }
    return result;
  }
}
