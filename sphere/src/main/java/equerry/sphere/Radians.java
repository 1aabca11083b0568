package equerry.sphere;

/// Constants and small rules for angles in radians.
///
/// The error bounds are those of lsst-sphgeom (`constants.h`): they decide when two boundaries are
/// too close to be told apart, so a region relates here exactly as it does there.
final class Radians {
  static final double HALF_PI = 0.5 * Math.PI;
  static final double TWO_PI = 2.0 * Math.PI;
  static final double PER_DEGREE = 0.0174532925199432957692369076849;
  static final double DEGREES_PER = 57.2957795130823208767981548141;

  /// The largest error of an arc sine near π/2, in radians: about 3 milliarcseconds.
  static final double MAX_ASIN_ERROR = 1.5e-8;

  /// The largest error of a squared chord length between two unit vectors.
  static final double MAX_SQUARED_CHORD_ERROR = 2.5e-15;

  private Radians() {}

  static double ofDegrees(double degrees) {
    return degrees * PER_DEGREE;
  }

  static double toDegrees(double radians) {
    return radians * DEGREES_PER;
  }

  /// The angle in `[0, 2π]` that differs by whole turns; NaN stays.
  static double normalized(double angle) {
    if (angle < 0.0) {
      return angle % TWO_PI + TWO_PI;
    }
    return angle > TWO_PI ? angle % TWO_PI : angle;
  }

  static boolean isNormalized(double angle) {
    return angle >= 0.0 && angle <= TWO_PI;
  }

  /// How far to turn counter-clockwise from one normalized angle to another.
  static double turn(double from, double to) {
    double difference = to - from;
    return difference < 0.0 ? TWO_PI + difference : difference;
  }

  /// The larger number, or the first if they do not compare (NaN) or are equal.
  static double max(double a, double b) {
    return a < b ? b : a;
  }

  /// The smaller number, or the first if they do not compare (NaN) or are equal.
  static double min(double a, double b) {
    return b < a ? b : a;
  }
}
