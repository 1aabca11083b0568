package equerry.sphere;

import java.math.BigInteger;

/// The sign of the determinant of three vectors: on which side of the great circle from `b` to `c`
/// the point `a` lies; 1 is the left, 0 exactly on it.
///
/// A floating-point value is trusted beyond its error bound, after J. R. Shewchuk, "Adaptive
/// Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", Discrete &
/// Computational Geometry 18 (1997); else the sign is computed with integers. The bounds assume
/// components of at most about 1. If a component is not a finite number the answer is 0.
final class Orientation {
  private static final double MAX_ERROR = 1.7e-15;
  private static final double RELATIVE_ERROR = 5.6e-16;
  private static final double UNDERFLOW = 4.0e-307;
  private static final double MAX_PLANE_ERROR = 1.12e-16;
  private static final double PLANE_UNDERFLOW = 1.0e-307;
  private static final int MANTISSA_BITS = 52;

  private Orientation() {}

  static int of(Vector3d a, Vector3d b, Vector3d c) {
    double bycz = b.y() * c.z();
    double bzcy = b.z() * c.y();
    double bzcx = b.z() * c.x();
    double bxcz = b.x() * c.z();
    double bxcy = b.x() * c.y();
    double bycx = b.y() * c.x();
    double determinant = a.x() * (bycz - bzcy) + a.y() * (bzcx - bxcz) + a.z() * (bxcy - bycx);
    if (Math.abs(determinant) > MAX_ERROR) {
      return determinant > 0.0 ? 1 : -1;
    }
    double permanent =
        Math.abs(a.x()) * (Math.abs(bycz) + Math.abs(bzcy))
            + Math.abs(a.y()) * (Math.abs(bzcx) + Math.abs(bxcz))
            + Math.abs(a.z()) * (Math.abs(bxcy) + Math.abs(bycx));
    if (Math.abs(determinant) > RELATIVE_ERROR * permanent + UNDERFLOW) {
      return determinant > 0.0 ? 1 : -1;
    }
    return areParallel(a, b) || areParallel(b, c) || areParallel(a, c) ? 0 : exact(a, b, c);
  }

  /// The orientation of the north pole and two vectors.
  static int ofPole(Vector3d b, Vector3d c) {
    double first = b.x() * c.y();
    double second = b.y() * c.x();
    double determinant = first - second;
    if (Math.abs(determinant) > MAX_PLANE_ERROR) {
      return determinant > 0.0 ? 1 : -1;
    }
    double permanent = Math.abs(first) + Math.abs(second);
    if (Math.abs(determinant) > MAX_PLANE_ERROR * permanent + PLANE_UNDERFLOW) {
      return determinant > 0.0 ? 1 : -1;
    }
    return exact(UnitVector3d.Z.vector(), b, c);
  }

  private static boolean areParallel(Vector3d a, Vector3d b) {
    return a.sameAs(b) || (a.x() == -b.x() && a.y() == -b.y() && a.z() == -b.z());
  }

  static int exact(Vector3d a, Vector3d b, Vector3d c) {
    if (!isFinite(a) || !isFinite(b) || !isFinite(c)) {
      return 0;
    }
    ExactSum sum = new ExactSum();
    sum.add(product(a.x(), b.y(), c.z()));
    sum.subtract(product(a.x(), b.z(), c.y()));
    sum.add(product(a.y(), b.z(), c.x()));
    sum.subtract(product(a.y(), b.x(), c.z()));
    sum.add(product(a.z(), b.x(), c.y()));
    sum.subtract(product(a.z(), b.y(), c.x()));
    return sum.mantissa.signum();
  }

  private static boolean isFinite(Vector3d v) {
    return Double.isFinite(v.x()) && Double.isFinite(v.y()) && Double.isFinite(v.z());
  }

  /// The number `mantissa · 2^exponent`.
  private record Exact(BigInteger mantissa, int exponent) {}

  private static Exact product(double a, double b, double c) {
    if (a == 0.0 || b == 0.0 || c == 0.0) {
      return new Exact(BigInteger.ZERO, 0);
    }
    BigInteger mantissa =
        BigInteger.valueOf(mantissa(a))
            .multiply(BigInteger.valueOf(mantissa(b)))
            .multiply(BigInteger.valueOf(mantissa(c)));
    return new Exact(mantissa, exponent(a) + exponent(b) + exponent(c));
  }

  private static int exponent(double x) {
    return Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - MANTISSA_BITS;
  }

  private static long mantissa(double x) {
    return (long) Math.scalb(x, -exponent(x));
  }

  private static final class ExactSum {
    private BigInteger mantissa = BigInteger.ZERO;
    private int exponent;

    void add(Exact x) {
      if (x.mantissa.signum() == 0) {
        return;
      }
      if (mantissa.signum() == 0) {
        mantissa = x.mantissa;
        exponent = x.exponent;
      } else if (exponent >= x.exponent) {
        mantissa = mantissa.shiftLeft(exponent - x.exponent).add(x.mantissa);
        exponent = x.exponent;
      } else {
        mantissa = mantissa.add(x.mantissa.shiftLeft(x.exponent - exponent));
      }
    }

    void subtract(Exact x) {
      add(new Exact(x.mantissa.negate(), x.exponent));
    }
  }
}
