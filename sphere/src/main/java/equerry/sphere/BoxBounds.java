package equerry.sphere;

/// The circle around a box.
final class BoxBounds {
  private BoxBounds() {}

  static Circle circle(Box box) {
    if (box.isEmpty()) {
      return Circle.EMPTY;
    }
    if (box.isFull()) {
      return Circle.FULL;
    }
    return box.lon().size() <= Math.PI ? ofNarrow(box) : ofWide(box);
  }

  static UnitVector3d[] corners(Box box) {
    double west = box.lon().a();
    double east = box.lon().b();
    double south = box.lat().a();
    double north = box.lat().b();
    return new UnitVector3d[] {
      UnitVector3d.ofAngles(west, south),
      UnitVector3d.ofAngles(west, north),
      UnitVector3d.ofAngles(east, south),
      UnitVector3d.ofAngles(east, north)
    };
  }

  /// The smallest circle around a box at most π wide.
  ///
  /// Its center is on the middle meridian. With half width `h` and latitudes `δ₁ ≤ δ₂`, the point of
  /// that meridian nearest to the corners at `δᵢ` has `tan φᵢ = tan δᵢ / cos h`, and the point
  /// equally far from all four has `tan φ₃ = cos h · tan (δ₁ + δ₂)/2`. The largest distance to a
  /// corner is least at `φ₃` if that lies between the others, else at one of them.
  private static Circle ofNarrow(Box box) {
    UnitVector3d[] corners = corners(box);
    UnitVector3d center = narrowCenter(box, corners);
    double squaredChord = center.vector().squaredChord(corners[0].vector());
    for (int i = 1; i < 4; i++) {
      squaredChord = Radians.max(squaredChord, center.vector().squaredChord(corners[i].vector()));
    }
    return Circle.ofSquaredChord(center, squaredChord + 2.0 * Radians.MAX_SQUARED_CHORD_ERROR);
  }

  private static UnitVector3d narrowCenter(Box box, UnitVector3d[] corners) {
    double c = Trigonometry.cos(0.5 * box.lon().size());
    double phi1 = Trigonometry.atan(Trigonometry.tan(box.lat().a()) / c);
    double phi2 = Trigonometry.atan(Trigonometry.tan(box.lat().b()) / c);
    double phi3 = Trigonometry.atan(c * Trigonometry.tan(box.lat().center()));
    double lon = box.lon().center();
    if (phi1 <= phi3 && phi3 <= phi2) {
      return UnitVector3d.ofAngles(lon, phi3);
    }
    UnitVector3d p1 = UnitVector3d.ofAngles(lon, phi1);
    UnitVector3d p2 = UnitVector3d.ofAngles(lon, phi2);
    boolean second = p1.vector().dot(corners[0].vector()) > p2.vector().dot(corners[1].vector());
    return second ? p2 : p1;
  }

  /// The smaller of the circles around the nearer pole and, unless the box holds all longitudes,
  /// around the middle of the equator.
  private static Circle ofWide(Box box) {
    boolean northern = Math.abs(box.lat().a()) <= Math.abs(box.lat().b());
    UnitVector3d center = northern ? UnitVector3d.Z : UnitVector3d.Z.antipode();
    double radius = northern ? Radians.HALF_PI - box.lat().a() : box.lat().b() + Radians.HALF_PI;
    double halfWidth = 0.5 * box.lon().size();
    if (!box.lon().isFull() && halfWidth < radius) {
      radius = halfWidth;
      center = UnitVector3d.ofAngles(box.lon().center(), 0.0);
    }
    return Circle.of(center, radius + 4.0 * Radians.MAX_ASIN_ERROR);
  }
}
