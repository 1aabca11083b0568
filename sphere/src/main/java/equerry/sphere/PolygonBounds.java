package equerry.sphere;

/// The circle and the box around a polygon.
final class PolygonBounds {
  /// About 0.1 milliarcseconds: more than the error of a longitude or latitude.
  private static final double ANGLE_ERROR = 5.0e-10;

  private PolygonBounds() {}

  static Circle circle(UnitVector3d[] vertices) {
    UnitVector3d center = PolygonGeometry.centroid(vertices);
    double squaredChord = 0.0;
    for (UnitVector3d vertex : vertices) {
      squaredChord = Radians.max(squaredChord, vertex.vector().squaredChord(center.vector()));
    }
    return Circle.ofSquaredChord(center, squaredChord + 2.0 * Radians.MAX_SQUARED_CHORD_ERROR);
  }

  /// The union of small boxes around the vertices and around the northernmost or southernmost point
  /// of each edge that has it inside; all longitudes if the polygon holds a pole.
  static Box box(UnitVector3d[] vertices) {
    Box bounds = Box.EMPTY;
    boolean anyClockwise = false;
    boolean anyCounterClockwise = false;
    Vector3d i = vertices[vertices.length - 1].vector();
    for (UnitVector3d vertex : vertices) {
      Vector3d j = vertex.vector();
      bounds = bounds.expandedTo(Box.around(LonLat.of(j), ANGLE_ERROR, ANGLE_ERROR));
      if (!anyClockwise || !anyCounterClockwise) {
        int side = Orientation.ofPole(i, j);
        anyCounterClockwise |= side > 0;
        anyClockwise |= side < 0;
      }
      bounds = expandedToEdge(bounds, i, j);
      i = j;
    }
    if (!anyClockwise) {
      return bounds.expandedTo(pole(Radians.HALF_PI));
    }
    return anyCounterClockwise ? bounds : bounds.expandedTo(pole(-Radians.HALF_PI));
  }

  private static Box expandedToEdge(Box bounds, Vector3d i, Vector3d j) {
    Vector3d n = i.robustCross(j);
    // The northernmost point of the edge's great circle.
    Vector3d top = new Vector3d(-n.x() * n.z(), -n.y() * n.z(), n.x() * n.x() + n.y() * n.y());
    if (top.isZero()) {
      return bounds;
    }
    double sideOfI = i.y() * n.x() - i.x() * n.y();
    double sideOfJ = j.y() * n.x() - j.x() * n.y();
    double extreme;
    if (sideOfI > 0.0 && sideOfJ < 0.0) {
      extreme = LonLat.latitudeOf(top) + ANGLE_ERROR;
    } else if (sideOfI < 0.0 && sideOfJ > 0.0) {
      extreme = LonLat.latitudeOf(top.negated()) - ANGLE_ERROR;
    } else {
      return bounds;
    }
    return new Box(bounds.lon(), bounds.lat().expandedTo(extreme));
  }

  private static Box pole(double lat) {
    return new Box(NormalizedAngleInterval.FULL, new AngleInterval(lat, lat));
  }
}
