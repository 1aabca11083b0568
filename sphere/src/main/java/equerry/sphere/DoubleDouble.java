package equerry.sphere;

/// An unevaluated sum of two doubles, about 106 bits of precision.
///
/// Error-free transformations after T. J. Dekker, "A floating-point technique for extending the
/// available precision", Numerische Mathematik 18 (1971), and D. E. Knuth, The Art of Computer
/// Programming 2, 4.2.2. Sums and products are normalized: `hi` is the sum rounded to a double.
record DoubleDouble(double hi, double lo) {
  static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0.0);
  }

  /// The exact sum of two doubles.
  static DoubleDouble sum(double a, double b) {
    double s = a + b;
    double bb = s - a;
    return new DoubleDouble(s, (a - (s - bb)) + (b - bb));
  }

  /// The exact product of two doubles, barring underflow.
  static DoubleDouble product(double a, double b) {
    double p = a * b;
    return new DoubleDouble(p, Math.fma(a, b, -p));
  }

  private static DoubleDouble quickSum(double a, double b) {
    double s = a + b;
    return new DoubleDouble(s, b - (s - a));
  }

  DoubleDouble plus(DoubleDouble x) {
    DoubleDouble high = sum(hi, x.hi);
    DoubleDouble low = sum(lo, x.lo);
    DoubleDouble first = quickSum(high.hi, high.lo + low.hi);
    return quickSum(first.hi, first.lo + low.lo);
  }

  DoubleDouble minus(DoubleDouble x) {
    return plus(x.negated());
  }

  DoubleDouble negated() {
    return new DoubleDouble(-hi, -lo);
  }

  DoubleDouble times(DoubleDouble x) {
    DoubleDouble p = product(hi, x.hi);
    return quickSum(p.hi, p.lo + (hi * x.lo + lo * x.hi));
  }

  DoubleDouble times(double x) {
    DoubleDouble p = product(hi, x);
    return quickSum(p.hi, p.lo + lo * x);
  }

  DoubleDouble dividedBy(DoubleDouble x) {
    double quotient = hi / x.hi;
    DoubleDouble rest = minus(x.times(quotient));
    return quickSum(quotient, rest.hi / x.hi);
  }
}
