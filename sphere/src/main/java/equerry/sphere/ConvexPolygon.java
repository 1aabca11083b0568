package equerry.sphere;

import java.util.Arrays;
import java.util.List;

/// A convex polygon with great circle arcs as edges and vertices in counter-clockwise order.
///
/// Two are equal when the same vertices start at the same place, as their bytes do.
public final class ConvexPolygon implements SimpleRegion {
  static final int MIN_VERTICES = 3;

  private final UnitVector3d[] vertices;

  private ConvexPolygon(UnitVector3d[] vertices) {
    this.vertices = vertices;
  }

  /// The convex hull of some points.
  ///
  /// @throws DegenerateRegionException if all points lie on one great circle or the hull is the
  ///     whole sphere
  public static ConvexPolygon hullOf(List<UnitVector3d> points) {
    return new ConvexPolygon(ConvexHull.of(points));
  }

  /// The polygon with exactly these vertices, which the caller knows to be convex and in order.
  static ConvexPolygon stored(UnitVector3d... vertices) {
    return new ConvexPolygon(vertices);
  }

  public List<UnitVector3d> vertices() {
    return List.of(vertices);
  }

  /// The vertices themselves; nobody writes to them.
  UnitVector3d[] corners() {
    return vertices;
  }

  /// Always true, as in lsst-sphgeom: see [Region#isEmpty].
  @Override
  public boolean isEmpty() {
    return true;
  }

  @Override
  public boolean contains(UnitVector3d point) {
    return PolygonGeometry.contains(vertices, point.vector());
  }

  public UnitVector3d centroid() {
    return PolygonGeometry.centroid(vertices);
  }

  @Override
  public Box boundingBox() {
    return PolygonBounds.box(vertices);
  }

  @Override
  public Circle boundingCircle() {
    return PolygonBounds.circle(vertices);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConvexPolygon that && Arrays.equals(vertices, that.vertices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vertices);
  }

  @Override
  public String toString() {
    return "ConvexPolygon" + Arrays.toString(vertices);
  }
}
