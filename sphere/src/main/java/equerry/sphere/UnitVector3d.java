package equerry.sphere;

/// A direction, that is a point of the unit sphere.
///
/// Two are equal when their components are the same bits. A vector that was decoded keeps its
/// components as stored, even if its length is not 1.
public final class UnitVector3d {
  static final UnitVector3d X = new UnitVector3d(new Vector3d(1.0, 0.0, 0.0));
  static final UnitVector3d Y = new UnitVector3d(new Vector3d(0.0, 1.0, 0.0));
  static final UnitVector3d Z = new UnitVector3d(new Vector3d(0.0, 0.0, 1.0));

  private final Vector3d vector;

  private UnitVector3d(Vector3d vector) {
    this.vector = vector;
  }

  /// The direction of `(x, y, z)`.
  ///
  /// @throws DegenerateRegionException if all three are zero
  public static UnitVector3d of(double x, double y, double z) {
    return directionOf(new Vector3d(x, y, z));
  }

  public static UnitVector3d of(LonLat point) {
    return ofAngles(point.lon(), point.lat());
  }

  static UnitVector3d ofAngles(double lon, double lat) {
    double sinLon = Trigonometry.sin(lon);
    double cosLon = Trigonometry.cos(lon);
    double sinLat = Trigonometry.sin(lat);
    double cosLat = Trigonometry.cos(lat);
    return stored(cosLon * cosLat, sinLon * cosLat, sinLat);
  }

  static UnitVector3d directionOf(Vector3d vector) {
    return new UnitVector3d(vector.normalized());
  }

  /// The vector with exactly these components.
  static UnitVector3d stored(double x, double y, double z) {
    return new UnitVector3d(new Vector3d(x, y, z));
  }

  /// Some direction at right angles to a vector.
  static UnitVector3d orthogonalTo(Vector3d v) {
    return Math.abs(v.x()) > Math.abs(v.y()) ? of(-v.z(), 0.0, v.x()) : of(0.0, v.z(), -v.y());
  }

  /// The normal of the great circle through two directions, or some normal if they are parallel.
  static UnitVector3d orthogonalTo(Vector3d a, Vector3d b) {
    Vector3d normal = a.robustCross(b);
    return normal.isZero() ? orthogonalTo(a) : directionOf(normal);
  }

  /// The normal of the meridian at a longitude.
  static UnitVector3d meridianNormal(double lon) {
    return stored(-Trigonometry.sin(lon), Trigonometry.cos(lon), 0.0);
  }

  /// The direction that points north from a vector, along its meridian.
  static UnitVector3d northFrom(Vector3d v) {
    Vector3d north = new Vector3d(-v.x() * v.z(), -v.y() * v.z(), v.x() * v.x() + v.y() * v.y());
    if (north.isZero()) {
      return stored(-Math.copySign(1.0, v.z()), 0.0, 0.0);
    }
    return directionOf(north);
  }

  public double x() {
    return vector.x();
  }

  public double y() {
    return vector.y();
  }

  public double z() {
    return vector.z();
  }

  /// The angle to another direction, in `[0, π]`.
  public double angleTo(UnitVector3d other) {
    return vector.angleTo(other.vector);
  }

  Vector3d vector() {
    return vector;
  }

  UnitVector3d antipode() {
    return new UnitVector3d(vector.negated());
  }

  /// The direction half way to another.
  UnitVector3d midpoint(UnitVector3d other) {
    return directionOf(vector.plus(other.vector));
  }

  boolean sameAs(UnitVector3d other) {
    return vector.sameAs(other.vector);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitVector3d that && vector.equals(that.vector);
  }

  @Override
  public int hashCode() {
    return vector.hashCode();
  }

  @Override
  public String toString() {
    return "UnitVector3d[" + x() + ", " + y() + ", " + z() + "]";
  }
}
