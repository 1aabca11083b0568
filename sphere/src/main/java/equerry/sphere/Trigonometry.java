package equerry.sphere;

/// Trigonometric functions rounded to the nearest double.
///
/// The JDK promises results within one unit in the last place; the C library under lsst-sphgeom
/// (glibc) gives the nearest double except in about one case of ten thousand. Region encodings,
/// bounding shapes and near-tangent relations inherit those last bits, so the functions here round
/// correctly: sine and cosine by their Taylor series in [DoubleDouble], the inverse functions by one
/// Newton step on the JDK's result.
final class Trigonometry {
  private static final double TINY = 0x1p-27;
  private static final double LARGE = 1e6;
  private static final int MAX_EXPONENT_GAP = 400;

  // π/2 as the sum of three doubles.
  private static final double HALF_PI = 0x1.921fb54442d18p0;
  private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;

  // The first terms of the series carry 106 bits; the others are too small to need them.
  private static final int PRECISE_TERMS = 5;
  private static final int TERMS = 12;

  // 1 / n! as the sum of two doubles.
  private static final double[] HIGH = new double[2 * TERMS + 2];
  private static final double[] LOW = new double[2 * TERMS + 2];

  static {
    DoubleDouble inverse = DoubleDouble.of(1.0);
    HIGH[0] = 1.0;
    for (int n = 1; n < HIGH.length; n++) {
      inverse = inverse.dividedBy(DoubleDouble.of(n));
      HIGH[n] = inverse.hi();
      LOW[n] = inverse.lo();
    }
  }

  private Trigonometry() {}

  static double sin(double x) {
    if (Math.abs(x) < TINY || !(Math.abs(x) < LARGE)) {
      return StrictMath.sin(x);
    }
    return SinCos.of(x).sin().hi();
  }

  static double cos(double x) {
    if (Math.abs(x) < TINY || !(Math.abs(x) < LARGE)) {
      return StrictMath.cos(x);
    }
    return SinCos.of(x).cos().hi();
  }

  static double tan(double x) {
    if (Math.abs(x) < TINY || !(Math.abs(x) < LARGE)) {
      return StrictMath.tan(x);
    }
    SinCos both = SinCos.of(x);
    return both.sin().dividedBy(both.cos()).hi();
  }

  static double asin(double x) {
    double first = StrictMath.asin(x);
    if (Math.abs(x) < TINY || !(Math.abs(x) < 1.0)) {
      return first;
    }
    SinCos both = SinCos.of(first);
    return first + DoubleDouble.of(x).minus(both.sin()).hi() / both.cos().hi();
  }

  static double acos(double x) {
    double first = StrictMath.acos(x);
    if (!(Math.abs(x) < 1.0)) {
      return first;
    }
    SinCos both = SinCos.of(first);
    return first + both.cos().minus(DoubleDouble.of(x)).hi() / both.sin().hi();
  }

  static double atan(double x) {
    return atan2(x, 1.0);
  }

  static double atan2(double y, double x) {
    double first = StrictMath.atan2(y, x);
    int exponentOfX = Math.getExponent(x);
    int exponentOfY = Math.getExponent(y);
    if (exponentOfX > Double.MAX_EXPONENT
        || exponentOfY > Double.MAX_EXPONENT
        || Math.abs(exponentOfX - exponentOfY) > MAX_EXPONENT_GAP
        || x == 0.0
        || y == 0.0) {
      return first;
    }
    int scale = -Math.max(exponentOfX, exponentOfY);
    double v = Math.scalb(y, scale);
    double u = Math.scalb(x, scale);
    SinCos both = SinCos.of(first);
    DoubleDouble across = both.cos().times(v).minus(both.sin().times(u));
    double along = both.cos().hi() * u + both.sin().hi() * v;
    return first + across.hi() / along;
  }

  /// Sine and cosine of one angle.
  private record SinCos(DoubleDouble sin, DoubleDouble cos) {
    static SinCos of(double x) {
      double quarterTurns = Math.rint(x / HALF_PI);
      DoubleDouble rest =
          DoubleDouble.of(x)
              .minus(DoubleDouble.product(quarterTurns, HALF_PI))
              .minus(DoubleDouble.product(quarterTurns, HALF_PI_2))
              .minus(DoubleDouble.of(quarterTurns * HALF_PI_3));
      DoubleDouble square = rest.times(rest);
      DoubleDouble sin = series(square, 1).times(rest);
      DoubleDouble cos = series(square, 0);
      return switch ((int) quarterTurns & 3) {
        case 0 -> new SinCos(sin, cos);
        case 1 -> new SinCos(cos, sin.negated());
        case 2 -> new SinCos(sin.negated(), cos.negated());
        default -> new SinCos(cos.negated(), sin);
      };
    }

    /// Σ (−1)ᵏ tᵏ / (2k + offset)!, where `t` is the squared angle.
    ///
    /// Written with plain doubles: this loop is most of the time of every function here. Each
    /// coefficient is larger than what is subtracted from it, so the short sum is exact.
    private static DoubleDouble series(DoubleDouble t, int offset) {
      double hi = 0.0;
      double lo = 0.0;
      for (int k = TERMS; k >= PRECISE_TERMS; k--) {
        hi = HIGH[2 * k + offset] - t.hi() * hi;
      }
      for (int k = PRECISE_TERMS - 1; k >= 0; k--) {
        double product = t.hi() * hi;
        double error = Math.fma(t.hi(), hi, -product) + (t.hi() * lo + t.lo() * hi);
        double coefficient = HIGH[2 * k + offset];
        double sum = coefficient - product;
        double rest = (coefficient - sum) - product;
        double small = rest + (LOW[2 * k + offset] - error);
        hi = sum + small;
        lo = small - (hi - sum);
      }
      return new DoubleDouble(hi, lo);
    }
  }
}
