package equerry.sphere;

import java.util.Arrays;

/// The points whose angles to two foci sum to at most twice the semi-axis angle `α`.
///
/// Held as lsst-sphgeom encodes it: a rotation that takes the center to the north pole and the axes
/// to x and y, then `a = α − π/2`, `b = β − π/2`, half the angle between the foci `γ`, `|tan a|` and
/// `|tan b|`. Relations use the bounding circle, so only disjoint and within are ever sure.
public final class Ellipse implements SimpleRegion {
  static final int NUMBERS = 14;

  private static final double NO_ANGLE = -2.0;

  /// The rotation by rows, then a, b, γ, |tan a|, |tan b|.
  private final double[] numbers;

  private Ellipse(double[] numbers) {
    this.numbers = numbers;
  }

  static Ellipse stored(double[] numbers) {
    return new Ellipse(numbers.clone());
  }

  public static Ellipse empty() {
    return stored(
        new double[] {
          1,
          0,
          0,
          0,
          1,
          0,
          0,
          0,
          1,
          NO_ANGLE,
          NO_ANGLE,
          0,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY
        });
  }

  public static Ellipse full() {
    return stored(
        new double[] {
          -1,
          -0.0,
          -0.0,
          0,
          1,
          0,
          -0.0,
          -0.0,
          -1,
          -NO_ANGLE,
          -NO_ANGLE,
          0,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY
        });
  }

  public static Ellipse of(Circle circle) {
    return ofFoci(circle.center(), circle.center(), circle.openingAngle());
  }

  /// The ellipse with two foci and the semi-axis angle `alpha` along them.
  public static Ellipse ofFoci(UnitVector3d f1, UnitVector3d f2, double alpha) {
    if (Double.isNaN(alpha)) {
      throw new DegenerateRegionException("Invalid ellipse semi-axis angle");
    }
    double a = alpha - Radians.HALF_PI;
    double gamma = halfAngleBetween(f1, f2);
    if (Radians.HALF_PI + a < gamma) {
      return empty();
    }
    if (Radians.HALF_PI - a <= gamma) {
      return full();
    }
    if (gamma == 0.0) {
      return circular(f1, a);
    }
    Vector3d along = f1.vector().minus(f2.vector());
    Vector3d center = f1.vector().plus(f2.vector());
    Vector3d across = along.cross(center);
    double cosine = Trigonometry.cos(alpha) / Trigonometry.cos(gamma);
    double b = Trigonometry.acos(clamped(cosine)) - Radians.HALF_PI;
    if ((a <= 0.0 && b > a) || (a > 0.0 && b < a)) {
      b = a;
    }
    return of(along.normalized(), across.normalized(), center.normalized(), a, b, gamma);
  }

  /// The ellipse with a center, two semi-axis angles, both less or both more than π/2, and the
  /// position angle of the first from north through east.
  ///
  /// @throws DegenerateRegionException if the angles do not make an ellipse
  public static Ellipse of(UnitVector3d center, double alpha, double beta, double orientation) {
    if (!Double.isFinite(orientation)) {
      throw new DegenerateRegionException("Invalid ellipse orientation");
    }
    if (!areSemiAxes(alpha, beta)) {
      throw new DegenerateRegionException("Invalid ellipse semi-axis angle(s)");
    }
    if (alpha < 0.0 || beta < 0.0) {
      return empty();
    }
    if (alpha > Math.PI || beta > Math.PI || (alpha == Math.PI && beta == Math.PI)) {
      return full();
    }
    if (alpha == beta) {
      return circular(center, alpha - Radians.HALF_PI);
    }
    boolean swapped =
        alpha < Radians.HALF_PI ? alpha < beta : alpha > Radians.HALF_PI && alpha > beta;
    return swapped
        ? oriented(center, beta, alpha, orientation + Radians.HALF_PI)
        : oriented(center, alpha, beta, orientation);
  }

  private static Ellipse oriented(UnitVector3d c, double alpha, double beta, double orientation) {
    Vector3d center = c.vector();
    Vector3d along =
        UnitVector3d.northFrom(center).vector().rotatedAround(center, -orientation).normalized();
    Vector3d across = along.cross(center).normalized();
    double cosine = Trigonometry.cos(alpha) / Trigonometry.cos(beta);
    double gamma = Trigonometry.acos(clamped(cosine));
    return of(along, across, center, alpha - Radians.HALF_PI, beta - Radians.HALF_PI, gamma);
  }

  private static boolean areSemiAxes(double alpha, double beta) {
    if (Double.isNaN(alpha) || Double.isNaN(beta)) {
      return false;
    }
    if (alpha == Radians.HALF_PI) {
      return beta == Radians.HALF_PI;
    }
    return alpha < Radians.HALF_PI ? beta < Radians.HALF_PI : beta > Radians.HALF_PI;
  }

  private static double halfAngleBetween(UnitVector3d f1, UnitVector3d f2) {
    if (f1.sameAs(f2)) {
      return 0.0;
    }
    return f1.sameAs(f2.antipode()) ? Radians.HALF_PI : 0.5 * f1.angleTo(f2);
  }

  private static Ellipse circular(UnitVector3d center, double a) {
    Vector3d along = UnitVector3d.orthogonalTo(center.vector()).vector();
    Vector3d across = center.vector().cross(along).normalized();
    return of(along, across, center.vector(), a, a, 0.0);
  }

  private static Ellipse of(Vector3d x, Vector3d y, Vector3d z, double a, double b, double gamma) {
    double tanA = Math.abs(Trigonometry.tan(a));
    double tanB = a == b ? tanA : Math.abs(Trigonometry.tan(b));
    return new Ellipse(
        new double[] {
          x.x(), x.y(), x.z(), y.x(), y.y(), y.z(), z.x(), z.y(), z.z(), a, b, gamma, tanA, tanB
        });
  }

  private static double clamped(double cosine) {
    return Radians.min(1.0, Radians.max(-1.0, cosine));
  }

  /// A copy of the encoded numbers.
  double[] numbers() {
    return numbers.clone();
  }

  public UnitVector3d center() {
    return UnitVector3d.stored(numbers[6], numbers[7], numbers[8]);
  }

  /// The semi-axis angle along the foci.
  public double alpha() {
    return Radians.HALF_PI + numbers[9];
  }

  /// The semi-axis angle across the foci.
  public double beta() {
    return Radians.HALF_PI + numbers[10];
  }

  /// Half the angle between the foci.
  public double gamma() {
    return numbers[11];
  }

  @Override
  public boolean isEmpty() {
    return alpha() < gamma();
  }

  /// Near the center and its antipode the point is taken relative to them, to stay accurate for
  /// very small and very large ellipses.
  @Override
  public boolean contains(UnitVector3d point) {
    Vector3d center = center().vector();
    Vector3d v = point.vector();
    double cosine = v.dot(center);
    double offset = 0.0;
    if (cosine > 0.5) {
      v = v.minus(center);
      offset = 1.0;
    } else if (cosine < -0.5) {
      v = v.plus(center);
      offset = -1.0;
    }
    double x = row(0, v) * numbers[12];
    double y = row(1, v) * numbers[13];
    double z = row(2, v) + offset;
    double d = (x * x + y * y) - z * z;
    return numbers[9] > 0.0 ? z >= 0.0 || d >= 0.0 : z >= 0.0 && d <= 0.0;
  }

  private double row(int i, Vector3d v) {
    return numbers[3 * i] * v.x() + numbers[3 * i + 1] * v.y() + numbers[3 * i + 2] * v.z();
  }

  /// The box around the bounding circle.
  @Override
  public Box boundingBox() {
    return boundingCircle().boundingBox();
  }

  @Override
  public Circle boundingCircle() {
    return Circle.of(center(), Radians.max(alpha(), beta()) + 2.0 * Radians.MAX_ASIN_ERROR);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ellipse that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return "Ellipse[" + center() + ", " + alpha() + ", " + beta() + "]";
  }
}
