package equerry.sphere;

/// The smallest disc around some directions, by its center and the cosine of its radius.
///
/// The incremental algorithm of E. Welzl, "Smallest enclosing disks (balls and ellipsoids)", LNCS
/// 555 (1991), without its shuffle: points are added in order, and one that is outside lies on the
/// boundary of the next disc.
record HealpixEnclosure(Vector3d center, double cosine) {
  static HealpixEnclosure of(Vector3d[] points) {
    HealpixEnclosure disc = around(points[0], points[1]);
    for (int i = 2; i < points.length; i++) {
      if (disc.leavesOut(points[i])) {
        disc = through(points, i);
      }
    }
    return disc;
  }

  private static HealpixEnclosure through(Vector3d[] points, int last) {
    HealpixEnclosure disc = around(points[0], points[last]);
    for (int i = 1; i < last; i++) {
      if (disc.leavesOut(points[i])) {
        disc = through(points, i, last);
      }
    }
    return disc;
  }

  private static HealpixEnclosure through(Vector3d[] points, int first, int second) {
    HealpixEnclosure disc = around(points[first], points[second]);
    for (int i = 0; i < first; i++) {
      if (disc.leavesOut(points[i])) {
        disc = through(points[i], points[first], points[second]);
      }
    }
    return disc;
  }

  private static HealpixEnclosure around(Vector3d a, Vector3d b) {
    Vector3d center = unit(a.plus(b));
    return new HealpixEnclosure(center, a.dot(center));
  }

  private static HealpixEnclosure through(Vector3d a, Vector3d b, Vector3d c) {
    Vector3d center = unit(b.minus(a).cross(c.minus(a)));
    double cosine = a.dot(center);
    return cosine < 0
        ? new HealpixEnclosure(center.negated(), -cosine)
        : new HealpixEnclosure(center, cosine);
  }

  private boolean leavesOut(Vector3d point) {
    return point.dot(center) < cosine;
  }

  static Vector3d unit(Vector3d v) {
    return v.times(1.0 / v.norm());
  }
}
