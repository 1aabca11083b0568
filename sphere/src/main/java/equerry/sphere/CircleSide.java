package equerry.sphere;

/// On which side of a circle's boundary some points are.
enum CircleSide {
  INSIDE,
  OUTSIDE,

  /// Points on both sides, or one too near the boundary to tell.
  ACROSS;

  static CircleSide of(UnitVector3d[] points, Circle circle) {
    Vector3d center = circle.center().vector();
    double squaredChord = circle.squaredChord();
    boolean inside = false;
    for (int i = 0; i < points.length; i++) {
      double d = points[i].vector().squaredChord(center);
      if (Math.abs(d - squaredChord) < Radians.MAX_SQUARED_CHORD_ERROR) {
        return ACROSS;
      }
      boolean in = d < squaredChord;
      if (i == 0) {
        inside = in;
      } else if (inside != in) {
        return ACROSS;
      }
    }
    return inside ? INSIDE : OUTSIDE;
  }
}
