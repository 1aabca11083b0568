package equerry.sphere;

/// The nearest and farthest points of an arc, as squared chord lengths.
///
/// The arc runs from `a` to `b` on the great circle with normal `n`, counter-clockwise seen from `n`.
final class Chords {
  private Chords() {}

  /// The smallest squared chord from `v` to the inside of the arc, or 4 if the ends are nearest.
  static double toNearest(Vector3d v, Vector3d a, Vector3d b, Vector3d n) {
    Vector3d across = v.cross(n);
    if (!(across.dot(a) > 0.0 && across.dot(b) < 0.0)) {
      return 4.0;
    }
    // v is between the half circles through n and a, and n and b: |v||n| sin θ = |v·n|.
    double s = Math.abs(v.dot(n));
    double c = across.norm();
    double theta = c == 0.0 ? Radians.HALF_PI : Trigonometry.atan(s / c);
    return squaredChord(theta);
  }

  /// The largest squared chord from `v` to the inside of the arc, or 0 if the ends are farthest.
  static double toFarthest(Vector3d v, Vector3d a, Vector3d b, Vector3d n) {
    Vector3d across = v.cross(n);
    if (!(across.dot(a) < 0.0 && across.dot(b) > 0.0)) {
      return 0.0;
    }
    return squaredChord(Trigonometry.atan2(Math.abs(v.dot(n)), -across.norm()));
  }

  private static double squaredChord(double angle) {
    double s = Trigonometry.sin(0.5 * angle);
    return 4.0 * s * s;
  }
}
