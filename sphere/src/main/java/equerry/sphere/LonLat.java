package equerry.sphere;

/// A point of the sphere by longitude in `[0, 2π]` and latitude in `[-π/2, π/2]`, in radians. A
/// longitude outside is brought in by whole turns; if one angle is NaN, both are.
public record LonLat(double lon, double lat) {
  /// @throws DegenerateRegionException if the latitude is out of range
  public LonLat {
    lon = Radians.normalized(lon);
    if (Math.abs(lat) > Radians.HALF_PI) {
      throw new DegenerateRegionException("invalid latitude angle");
    }
    if (Double.isNaN(lon)) {
      lat = Double.NaN;
    } else if (Double.isNaN(lat)) {
      lon = Double.NaN;
    }
  }

  public static LonLat ofRadians(double lon, double lat) {
    return new LonLat(lon, lat);
  }

  public static LonLat ofDegrees(double lon, double lat) {
    return new LonLat(Radians.ofDegrees(lon), Radians.ofDegrees(lat));
  }

  public static LonLat of(UnitVector3d point) {
    return of(point.vector());
  }

  static LonLat of(Vector3d v) {
    return new LonLat(longitudeOf(v), latitudeOf(v));
  }

  static double latitudeOf(Vector3d v) {
    if (v.z() == 0.0) {
      return 0.0;
    }
    double lat = Trigonometry.atan2(v.z(), Math.sqrt(v.x() * v.x() + v.y() * v.y()));
    return Math.abs(lat) > Radians.HALF_PI ? Math.copySign(Radians.HALF_PI, lat) : lat;
  }

  static double longitudeOf(Vector3d v) {
    if (v.x() * v.x() + v.y() * v.y() == 0.0) {
      return 0.0;
    }
    double lon = Trigonometry.atan2(v.y(), v.x());
    return lon < 0.0 ? lon + Radians.TWO_PI : lon;
  }

  /// An angle in degrees, with the rounding of lsst-sphgeom.
  public static double toDegrees(double radians) {
    return Radians.toDegrees(radians);
  }

  public double lonDegrees() {
    return Radians.toDegrees(lon);
  }

  public double latDegrees() {
    return Radians.toDegrees(lat);
  }
}
