package equerry.sphere;

import java.util.ArrayList;
import java.util.List;

/// The convex hull of points on the sphere, by adding one point at a time to a first triangle.
///
/// The order of the result is part of a polygon's bytes: it follows from the order of the points in
/// the same way as in lsst-sphgeom. Quadratic in the number of points.
final class ConvexHull {
  private static final String WHOLE_SPHERE =
      "The convex hull of the given point set is the entire unit sphere";
  private static final String TOO_FEW =
      "The convex hull of a point set containing less than 3 distinct, non-coplanar points is not"
          + " a convex polygon";

  private final List<UnitVector3d> points;
  private final List<UnitVector3d> hull = new ArrayList<>();
  private int next;

  private ConvexHull(List<UnitVector3d> points) {
    this.points = points;
  }

  static UnitVector3d[] of(List<UnitVector3d> points) {
    ConvexHull search = new ConvexHull(points);
    search.startWithTwoPoints();
    search.addThird();
    while (search.next < points.size()) {
      search.addToHull(points.get(search.next++));
    }
    return search.hull.toArray(UnitVector3d[]::new);
  }

  /// The first point, and the next that differs from it.
  private void startWithTwoPoints() {
    if (points.isEmpty()) {
      throw new DegenerateRegionException(TOO_FEW);
    }
    UnitVector3d first = points.getFirst();
    for (int i = 1; i < points.size(); i++) {
      UnitVector3d second = points.get(i);
      if (first.sameAs(second.antipode())) {
        throw new DegenerateRegionException(WHOLE_SPHERE);
      }
      if (!first.sameAs(second)) {
        hull.add(first);
        hull.add(second);
        next = i + 1;
        return;
      }
    }
    throw new DegenerateRegionException(TOO_FEW);
  }

  /// The first point off the great circle of the two; points on it only lengthen the arc.
  private void addThird() {
    Vector3d normal =
        UnitVector3d.directionOf(hull.get(0).vector().robustCross(hull.get(1).vector())).vector();
    while (next < points.size()) {
      UnitVector3d v = points.get(next++);
      int side = orientation(hull.get(0), hull.get(1), v);
      if (side != 0) {
        if (side < 0) {
          hull.add(hull.removeFirst());
        }
        hull.add(v);
        return;
      }
      lengthenArc(normal, v);
    }
    throw new DegenerateRegionException(TOO_FEW);
  }

  private void lengthenArc(Vector3d normal, UnitVector3d v) {
    UnitVector3d start = hull.get(0);
    UnitVector3d end = hull.get(1);
    if (v.sameAs(start) || v.sameAs(end)) {
      return;
    }
    if (v.sameAs(start.antipode()) || v.sameAs(end.antipode())) {
      throw new DegenerateRegionException(WHOLE_SPHERE);
    }
    int fromStart = Orientation.of(normal, start.vector(), v.vector());
    int toEnd = Orientation.of(normal, v.vector(), end.vector());
    if (fromStart == toEnd) {
      return;
    }
    int along = Orientation.of(normal, start.vector(), end.vector());
    if (along == -toEnd) {
      hull.set(1, v);
    } else if (along == -fromStart) {
      hull.set(0, v);
    } else {
      throw new DegenerateRegionException(WHOLE_SPHERE);
    }
  }

  /// Puts a point outside the hull in place of the run of edges that it sees from outside.
  private void addToHull(UnitVector3d v) {
    int size = hull.size();
    int firstSeen = -1;
    int firstUnseen = -1;
    int seen = 0;
    boolean previous = sees(v, size - 1);
    for (int edge = 0; edge < size; edge++) {
      // Edge i runs from vertex i to the next.
      boolean current = sees(v, edge);
      if (current) {
        seen++;
        if (!previous) {
          firstSeen = edge;
        }
      } else if (previous) {
        firstUnseen = edge;
      }
      previous = current;
    }
    if (seen == 0) {
      return;
    }
    if (seen == size) {
      throw new DegenerateRegionException(WHOLE_SPHERE);
    }
    replaceRun((firstSeen + 1) % size, firstUnseen, v);
  }

  private boolean sees(UnitVector3d v, int edge) {
    return orientation(v, hull.get(edge), hull.get((edge + 1) % hull.size())) <= 0;
  }

  /// Replaces the vertices from `first` up to `kept` (excluded, cyclic) by `v`. A run that passes the
  /// end of the list makes the list start at `kept` and end with `v`.
  private void replaceRun(int first, int kept, UnitVector3d v) {
    if (kept < first) {
      List<UnitVector3d> rest = List.copyOf(hull.subList(kept, first));
      hull.clear();
      hull.addAll(rest);
      hull.add(v);
    } else if (kept == first && first == 0) {
      hull.add(v);
    } else {
      hull.subList(first, kept).clear();
      hull.add(first, v);
    }
  }

  private static int orientation(UnitVector3d a, UnitVector3d b, UnitVector3d c) {
    return Orientation.of(a.vector(), b.vector(), c.vector());
  }
}
