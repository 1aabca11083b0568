package equerry.sphere;

import java.util.Objects;

/// The points within an opening angle of a center. An angle of 0 is a point, a negative one is
/// empty, π or more is the whole sphere.
///
/// The squared length of the chord from the center to the boundary is kept beside the angle: it
/// decides which points are inside. Two circles are equal when their numbers are the same bits.
public final class Circle implements SimpleRegion {
  static final Circle EMPTY = new Circle(UnitVector3d.Z, -1.0, -1.0);
  static final Circle FULL = new Circle(UnitVector3d.Z, 4.0, Math.PI);

  private static final double FOUR_ERRORS = 4.0 * Radians.MAX_ASIN_ERROR;
  private static final double TWO_ERRORS = 2.0 * Radians.MAX_ASIN_ERROR;

  private final UnitVector3d center;
  private final double squaredChord;
  private final double openingAngle;

  private Circle(UnitVector3d center, double squaredChord, double openingAngle) {
    this.center = center;
    this.squaredChord = squaredChord;
    this.openingAngle = openingAngle;
  }

  public static Circle empty() {
    return EMPTY;
  }

  public static Circle full() {
    return FULL;
  }

  /// The circle of one point.
  public static Circle of(UnitVector3d center) {
    return new Circle(center, 0.0, 0.0);
  }

  public static Circle of(UnitVector3d center, double openingAngle) {
    return new Circle(center, squaredChordFor(openingAngle), openingAngle);
  }

  static Circle ofSquaredChord(UnitVector3d center, double squaredChord) {
    return new Circle(center, squaredChord, openingAngleFor(squaredChord));
  }

  static Circle stored(UnitVector3d center, double squaredChord, double openingAngle) {
    return new Circle(center, squaredChord, openingAngle);
  }

  static double squaredChordFor(double openingAngle) {
    if (openingAngle < 0.0) {
      return -1.0;
    }
    if (openingAngle >= Math.PI) {
      return 4.0;
    }
    double s = Trigonometry.sin(0.5 * openingAngle);
    return 4.0 * s * s;
  }

  private static double openingAngleFor(double squaredChord) {
    if (squaredChord < 0.0) {
      return -1.0;
    }
    return squaredChord >= 4.0 ? Math.PI : 2.0 * Trigonometry.asin(0.5 * Math.sqrt(squaredChord));
  }

  public UnitVector3d center() {
    return center;
  }

  /// The squared length of the chord from center to boundary: negative if empty, 4 if full.
  public double squaredChord() {
    return squaredChord;
  }

  /// The angle from center to boundary in radians.
  public double openingAngle() {
    return openingAngle;
  }

  @Override
  public boolean isEmpty() {
    return !(squaredChord >= 0.0);
  }

  public boolean isFull() {
    return squaredChord >= 4.0;
  }

  @Override
  public boolean contains(UnitVector3d point) {
    return isFull() || point.vector().squaredChord(center.vector()) <= squaredChord;
  }

  @Override
  public Box boundingBox() {
    LonLat c = LonLat.of(center);
    double height = openingAngle + TWO_ERRORS;
    double width =
        Radians.normalized(Box.halfWidthForCircle(height, c.lat()) + Radians.MAX_ASIN_ERROR);
    return Box.around(c, width, height);
  }

  @Override
  public Circle boundingCircle() {
    return this;
  }

  /// Circles with centers `distance` apart have no common point, beyond the error of an arc sine.
  private boolean isApart(Circle x, double distance) {
    return distance > openingAngle + x.openingAngle + FOUR_ERRORS;
  }

  private boolean encloses(Circle x, double distance) {
    return distance + x.openingAngle + FOUR_ERRORS <= openingAngle;
  }

  boolean isDisjointFrom(Circle x) {
    if (isEmpty() || x.isEmpty()) {
      return true;
    }
    return !isFull() && !x.isFull() && isApart(x, center.angleTo(x.center));
  }

  Relationship relate(Circle x) {
    if (isEmpty()) {
      return x.isEmpty() ? Relationship.ALL : Relationship.DISJOINT_WITHIN;
    }
    if (x.isEmpty()) {
      return Relationship.CONTAINS_DISJOINT;
    }
    if (isFull()) {
      return x.isFull() ? Relationship.CONTAINS_WITHIN : Relationship.CONTAINS;
    }
    if (x.isFull()) {
      return Relationship.WITHIN;
    }
    if (sameAs(x)) {
      return Relationship.CONTAINS_WITHIN;
    }
    double distance = center.angleTo(x.center);
    if (isApart(x, distance)) {
      return Relationship.DISJOINT;
    }
    if (encloses(x, distance)) {
      return Relationship.CONTAINS;
    }
    return x.encloses(this, distance) ? Relationship.WITHIN : Relationship.INTERSECTS;
  }

  /// A circle around the common part: the smaller of the two, if they meet.
  Circle clippedTo(Circle x) {
    if (isEmpty() || x.isFull()) {
      return this;
    }
    if (isFull() || x.isEmpty()) {
      return x;
    }
    if (isApart(x, center.angleTo(x.center))) {
      return EMPTY;
    }
    return x.openingAngle < openingAngle ? x : this;
  }

  /// The smallest circle around both.
  Circle expandedTo(Circle x) {
    if (isEmpty() || x.isFull()) {
      return x;
    }
    if (x.isEmpty() || isFull()) {
      return this;
    }
    double distance = center.angleTo(x.center);
    if (encloses(x, distance)) {
      return this;
    }
    if (x.encloses(this, distance)) {
      return x;
    }
    double opening = 0.5 * (distance + openingAngle + x.openingAngle);
    if (opening + TWO_ERRORS >= Math.PI) {
      return FULL;
    }
    // The new center lies on the great circle through both, `turn` from this one; Rodrigues'
    // formula is short since the center is at right angles to the axis.
    Vector3d c = center.vector();
    Vector3d axis = UnitVector3d.orthogonalTo(c, x.center.vector()).vector();
    double turn = opening - openingAngle;
    Vector3d middle =
        c.times(Trigonometry.cos(turn)).plus(axis.cross(c).times(Trigonometry.sin(turn)));
    double safe = opening + Radians.MAX_ASIN_ERROR;
    return new Circle(UnitVector3d.directionOf(middle), squaredChordFor(safe), safe);
  }

  private boolean sameAs(Circle x) {
    return center.sameAs(x.center)
        && squaredChord == x.squaredChord
        && openingAngle == x.openingAngle;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Circle that
        && center.equals(that.center)
        && Double.compare(squaredChord, that.squaredChord) == 0
        && Double.compare(openingAngle, that.openingAngle) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(center, squaredChord, openingAngle);
  }

  @Override
  public String toString() {
    return "Circle[" + center + ", " + openingAngle + "]";
  }
}
