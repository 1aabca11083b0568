package equerry.sphere;

/// The points between two meridians and two parallels.
///
/// Latitudes are clipped to `[-π/2, π/2]`; if one interval is empty, so is the other.
public record Box(NormalizedAngleInterval lon, AngleInterval lat) implements SimpleRegion {
  static final Box EMPTY = new Box(NormalizedAngleInterval.EMPTY, AngleInterval.EMPTY);
  static final Box FULL = new Box(NormalizedAngleInterval.FULL, AngleInterval.ALL_LATITUDES);

  public Box {
    lat = lat.clippedTo(AngleInterval.ALL_LATITUDES);
    if (lat.isEmpty()) {
      lon = NormalizedAngleInterval.EMPTY;
    } else if (lon.isEmpty()) {
      lat = AngleInterval.EMPTY;
    }
  }

  public static Box empty() {
    return EMPTY;
  }

  public static Box full() {
    return FULL;
  }

  /// The box from one corner east and north to the other; its longitudes may wrap.
  public static Box of(LonLat southWest, LonLat northEast) {
    return new Box(
        new NormalizedAngleInterval(southWest.lon(), northEast.lon()),
        new AngleInterval(southWest.lat(), northEast.lat()));
  }

  /// The box of one point.
  public static Box of(LonLat point) {
    return of(point, point);
  }

  public static Box ofRadians(double lonA, double latA, double lonB, double latB) {
    return new Box(NormalizedAngleInterval.between(lonA, lonB), new AngleInterval(latA, latB));
  }

  public static Box ofDegrees(double lonA, double latA, double lonB, double latB) {
    return ofRadians(
        Radians.ofDegrees(lonA),
        Radians.ofDegrees(latA),
        Radians.ofDegrees(lonB),
        Radians.ofDegrees(latB));
  }

  public static Box around(LonLat center, double halfWidth, double halfHeight) {
    return new Box(
        new NormalizedAngleInterval(center.lon(), center.lon()).dilatedBy(halfWidth),
        new AngleInterval(center.lat(), center.lat()).dilatedBy(halfHeight));
  }

  /// Half the longitudes spanned by a circle: `α = asin(sin r / cos δ)` for radius `r` at latitude
  /// `δ`, or π if it holds a pole.
  static double halfWidthForCircle(double radius, double lat) {
    if (radius <= 0.0) {
      return 0.0;
    }
    if (Math.abs(lat) + radius >= Radians.HALF_PI) {
      return Math.PI;
    }
    double s = Math.abs(Trigonometry.sin(radius) / Trigonometry.cos(lat));
    return s >= 1.0 ? Radians.HALF_PI : Trigonometry.asin(s);
  }

  @Override
  public boolean isEmpty() {
    return lat.isEmpty();
  }

  public boolean isFull() {
    return lon.isFull() && lat.sameAs(AngleInterval.ALL_LATITUDES);
  }

  @Override
  public boolean contains(UnitVector3d point) {
    return contains(LonLat.of(point));
  }

  @Override
  public boolean contains(LonLat point) {
    return lat.contains(point.lat()) && lon.contains(point.lon());
  }

  @Override
  public Box boundingBox() {
    return this;
  }

  @Override
  public Circle boundingCircle() {
    return BoxBounds.circle(this);
  }

  boolean intersects(Box x) {
    return !lat.isDisjointFrom(x.lat) && !lon.isDisjointFrom(x.lon);
  }

  /// Boxes are disjoint if either interval is; the other properties must hold for both intervals.
  Relationship relate(Box x) {
    Relationship byLon = lon.relate(x.lon);
    Relationship byLat = lat.relate(x.lat);
    return byLon
        .and(byLat)
        .and(Relationship.CONTAINS_WITHIN)
        .or(byLon.or(byLat).and(Relationship.DISJOINT));
  }

  Box clippedTo(Box x) {
    return new Box(lon.clippedTo(x.lon), lat.clippedTo(x.lat));
  }

  Box expandedTo(Box x) {
    return new Box(lon.expandedTo(x.lon), lat.expandedTo(x.lat));
  }
}
