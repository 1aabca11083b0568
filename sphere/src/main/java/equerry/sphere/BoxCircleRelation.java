package equerry.sphere;

/// How a box lies to a circle.
///
/// Corners and edge points nearer to the circle's boundary than the error of a squared chord make
/// the regions intersect, so every other answer is sure.
final class BoxCircleRelation {
  private final Box box;
  private final Circle circle;
  private final UnitVector3d[] corners;
  private final Vector3d center;
  private final double squaredChord;

  private BoxCircleRelation(Box box, Circle circle) {
    this.box = box;
    this.circle = circle;
    this.corners = BoxBounds.corners(box);
    this.center = circle.center().vector();
    this.squaredChord = circle.squaredChord();
  }

  static Relationship relate(Box box, Circle circle) {
    if (box.isEmpty()) {
      return circle.isEmpty() ? Relationship.ALL : Relationship.DISJOINT_WITHIN;
    }
    if (circle.isEmpty()) {
      return Relationship.CONTAINS_DISJOINT;
    }
    if (box.isFull()) {
      return circle.isFull() ? Relationship.CONTAINS_WITHIN : Relationship.CONTAINS;
    }
    if (circle.isFull()) {
      return Relationship.WITHIN;
    }
    return new BoxCircleRelation(box, circle).relate();
  }

  private Relationship relate() {
    return switch (CircleSide.of(corners, circle)) {
      case ACROSS -> Relationship.INTERSECTS;
      case INSIDE -> cornersInside();
      case OUTSIDE -> cornersOutside();
    };
  }

  private Relationship cornersInside() {
    double limit = squaredChord - Radians.MAX_SQUARED_CHORD_ERROR;
    Vector3d westNormal = UnitVector3d.meridianNormal(box.lon().a()).vector();
    Vector3d eastNormal = UnitVector3d.meridianNormal(box.lon().b()).vector();
    if (Chords.toFarthest(center, corner(1), corner(0), westNormal) > limit
        || Chords.toFarthest(center, corner(3), corner(2), eastNormal) > limit) {
      return Relationship.INTERSECTS;
    }
    LonLat opposite = LonLat.of(center.negated());
    if (box.lon().contains(opposite.lon())
        && Circle.squaredChordFor(Math.PI - angleToParallels(opposite.lat())) > limit) {
      return Relationship.INTERSECTS;
    }
    // The whole boundary is inside, but the circle may leave a hole in the box: it does if the box
    // holds the point opposite to the center.
    return box.contains(opposite) ? Relationship.INTERSECTS : Relationship.WITHIN;
  }

  private Relationship cornersOutside() {
    double limit = squaredChord + Radians.MAX_SQUARED_CHORD_ERROR;
    Vector3d westNormal = UnitVector3d.meridianNormal(box.lon().a()).vector();
    Vector3d eastNormal = UnitVector3d.meridianNormal(box.lon().b()).vector();
    if (Chords.toNearest(center, corner(1), corner(0), westNormal) < limit
        || Chords.toNearest(center, corner(3), corner(2), eastNormal) < limit) {
      return Relationship.INTERSECTS;
    }
    LonLat middle = LonLat.of(center);
    if (box.lon().contains(middle.lon())
        && Circle.squaredChordFor(angleToParallels(middle.lat())) < limit) {
      return Relationship.INTERSECTS;
    }
    return box.contains(middle) ? Relationship.CONTAINS : Relationship.DISJOINT;
  }

  private Vector3d corner(int i) {
    return corners[i].vector();
  }

  private double angleToParallels(double lat) {
    return Radians.min(Math.abs(lat - box.lat().a()), Math.abs(lat - box.lat().b()));
  }
}
