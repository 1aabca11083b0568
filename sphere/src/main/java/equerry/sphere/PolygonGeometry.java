package equerry.sphere;

/// Which points polygons contain and how they lie to each other and to circles.
///
/// Vertices are arrays so that pixels can be tested without making polygons.
final class PolygonGeometry {
  private PolygonGeometry() {}

  /// The direction of the center of mass, after J. E. Brock, "The centroid and inertia tensor for a
  /// spherical triangle", Naval Postgraduate School (1974).
  static UnitVector3d centroid(UnitVector3d[] vertices) {
    Vector3d sum = Vector3d.ZERO;
    UnitVector3d i = vertices[vertices.length - 1];
    for (UnitVector3d j : vertices) {
      Vector3d normal = i.vector().robustCross(j.vector());
      Vector3d direction = normal.normalized();
      double s = 0.5 * normal.scaledNorm();
      double c = i.vector().dot(j.vector());
      double angle = s == 0.0 && c == 0.0 ? 0.0 : Trigonometry.atan2(s, c);
      sum = sum.plus(direction.times(angle));
      i = j;
    }
    return UnitVector3d.directionOf(sum);
  }

  static boolean contains(UnitVector3d[] vertices, Vector3d point) {
    Vector3d i = vertices[vertices.length - 1].vector();
    for (UnitVector3d vertex : vertices) {
      Vector3d j = vertex.vector();
      if (Orientation.of(point, i, j) < 0) {
        return false;
      }
      i = j;
    }
    return true;
  }

  /// Boxes are compared with the bounding box: only disjoint and within are sure.
  static Relationship relate(UnitVector3d[] vertices, Box box) {
    return PolygonBounds.box(vertices).relate(box).and(Relationship.DISJOINT_WITHIN);
  }

  /// Vertices and edge points nearer to the circle's boundary than the error of a squared chord
  /// make the regions intersect, so every other answer is sure.
  static Relationship relate(UnitVector3d[] vertices, Circle circle) {
    if (circle.isEmpty()) {
      return Relationship.CONTAINS_DISJOINT;
    }
    if (circle.isFull()) {
      return Relationship.WITHIN;
    }
    return switch (CircleSide.of(vertices, circle)) {
      case ACROSS -> Relationship.INTERSECTS;
      case INSIDE -> verticesInside(vertices, circle);
      case OUTSIDE -> verticesOutside(vertices, circle);
    };
  }

  private static Relationship verticesInside(UnitVector3d[] vertices, Circle circle) {
    Vector3d center = circle.center().vector();
    double limit = circle.squaredChord() - Radians.MAX_SQUARED_CHORD_ERROR;
    Vector3d a = vertices[vertices.length - 1].vector();
    for (UnitVector3d vertex : vertices) {
      Vector3d b = vertex.vector();
      if (Chords.toFarthest(center, a, b, a.robustCross(b)) > limit) {
        return Relationship.INTERSECTS;
      }
      a = b;
    }
    // The boundary is inside; the circle may still leave a hole in the polygon.
    return contains(vertices, center.negated()) ? Relationship.INTERSECTS : Relationship.WITHIN;
  }

  private static Relationship verticesOutside(UnitVector3d[] vertices, Circle circle) {
    Vector3d center = circle.center().vector();
    double limit = circle.squaredChord() + Radians.MAX_SQUARED_CHORD_ERROR;
    Vector3d a = vertices[vertices.length - 1].vector();
    for (UnitVector3d vertex : vertices) {
      Vector3d b = vertex.vector();
      if (Chords.toNearest(center, a, b, a.robustCross(b)) < limit) {
        return Relationship.INTERSECTS;
      }
      a = b;
    }
    return contains(vertices, center) ? Relationship.CONTAINS : Relationship.DISJOINT;
  }

  /// Exact: polygons are disjoint when no vertex of one is in the other and no edges cross.
  static Relationship relate(UnitVector3d[] first, UnitVector3d[] second) {
    int firstInside = countInside(first, second);
    int secondInside = countInside(second, first);
    boolean within = firstInside == first.length;
    boolean contains = secondInside == second.length;
    if (within || contains) {
      return (within ? Relationship.WITHIN : Relationship.INTERSECTS)
          .or(contains ? Relationship.CONTAINS : Relationship.INTERSECTS);
    }
    return firstInside > 0 || secondInside > 0 || haveCrossingEdges(first, second)
        ? Relationship.INTERSECTS
        : Relationship.DISJOINT;
  }

  private static int countInside(UnitVector3d[] points, UnitVector3d[] polygon) {
    int count = 0;
    for (UnitVector3d point : points) {
      if (contains(polygon, point.vector())) {
        count++;
      }
    }
    return count;
  }

  private static boolean haveCrossingEdges(UnitVector3d[] first, UnitVector3d[] second) {
    Vector3d a = first[first.length - 1].vector();
    for (UnitVector3d vertex : first) {
      Vector3d b = vertex.vector();
      if (crosses(a, b, second)) {
        return true;
      }
      a = b;
    }
    return false;
  }

  private static boolean crosses(Vector3d a, Vector3d b, UnitVector3d[] polygon) {
    Vector3d c = polygon[polygon.length - 1].vector();
    for (UnitVector3d vertex : polygon) {
      Vector3d d = vertex.vector();
      int side = Orientation.of(a, c, d);
      if (side != 0
          && side == Orientation.of(b, d, c)
          && side == Orientation.of(c, b, a)
          && side == Orientation.of(d, a, b)) {
        return true;
      }
      c = d;
    }
    return false;
  }
}
