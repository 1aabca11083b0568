package equerry.sphere;

/// Finds the pixels of an order that may meet a shape, with perhaps a few more: pixels that are only
/// near are looked at in two deeper orders.
///
/// The shapes, their limits and their failures are those of the Python package hpgeom, as the HEALPix
/// pixelization of lsst-sphgeom calls it.
final class HealpixSearch {
  private static final int DEEPER = 2;

  /// Corners with less than this sine are called degenerate.
  private static final double MIN_CORNER = 1e-10;

  private static final double CLOSED = 1e-14;

  private final int order;
  private final HealpixZones zones;
  private final RangeSet.Builder found = new RangeSet.Builder();

  private HealpixSearch(int order, HealpixZones zones) {
    this.order = order;
    this.zones = zones;
  }

  /// @throws IllegalArgumentException if the region is a union, an intersection or an empty box or
  ///     circle, for which the Python package has no answer
  static RangeSet find(int order, Region region) {
    return switch (region) {
      case Circle circle -> circle(order, circle);
      case Ellipse ellipse -> disc(order, ellipse.boundingCircle());
      case Box box -> box(order, box);
      case ConvexPolygon polygon -> polygon(order, polygon);
      case CompoundRegion _ ->
          throw new IllegalArgumentException(
              "Invalid region. HEALPix pixels of a union or intersection are not defined.");
    };
  }

  private static RangeSet circle(int order, Circle circle) {
    if (circle.openingAngle() == 0.0) {
      LonLat center = LonLat.of(circle.center());
      HealpixGrid grid = new HealpixGrid(order);
      long pixel = grid.pixelOfAngles(colatitude(center), phi(center.lon()));
      return RangeSet.between(pixel, pixel);
    }
    return disc(order, circle);
  }

  private static RangeSet disc(int order, Circle circle) {
    double radius = circle.openingAngle();
    if (!(radius > 0.0)) {
      throw new IllegalArgumentException("Invalid circle radius.");
    }
    if (radius >= Math.PI) {
      return RangeSet.between(0, new HealpixGrid(order).pixels() - 1);
    }
    LonLat center = LonLat.of(circle.center());
    return search(
        order,
        HealpixZones.ofDisc(colatitude(center), phi(center.lon()), radius, order + DEEPER + 1));
  }

  private static double colatitude(LonLat point) {
    return -point.lat() + Radians.HALF_PI;
  }

  private static double phi(double lon) {
    return HealpixGrid.modulo(lon, Radians.TWO_PI);
  }

  /// A box of all longitudes is taken for an empty one, as hpgeom does when it is asked in radians.
  private static RangeSet box(int order, Box box) {
    if (box.isEmpty()) {
      throw new IllegalArgumentException("Invalid region. An empty box has no HEALPix pixels.");
    }
    double north = -box.lat().b() + Radians.HALF_PI;
    double south = -box.lat().a() + Radians.HALF_PI;
    double west = phi(box.lon().a());
    double east = phi(box.lon().b());
    if (north == south || west == east) {
      return RangeSet.EMPTY;
    }
    return search(order, HealpixZones.ofBox(north, south, west, east, order + DEEPER + 1));
  }

  private static RangeSet polygon(int order, ConvexPolygon polygon) {
    Vector3d[] vertices = open(polygon.corners());
    Vector3d[] normals = normals(vertices);
    if (normals.length == 0) {
      return disc(order, polygon.boundingCircle());
    }
    double[] radii = new double[normals.length];
    for (int i = 0; i < vertices.length; i++) {
      radii[i] = Radians.HALF_PI;
    }
    HealpixEnclosure enclosure = HealpixEnclosure.of(vertices);
    normals[vertices.length] = enclosure.center();
    radii[vertices.length] = Trigonometry.acos(enclosure.cosine());
    return search(order, HealpixZones.ofDiscs(normals, radii, order + DEEPER + 1));
  }

  /// The vertices by way of their angles, without a last one that closes the polygon.
  private static Vector3d[] open(UnitVector3d[] corners) {
    int last = corners.length - 1;
    double[] thetas = new double[corners.length];
    double[] phis = new double[corners.length];
    for (int i = 0; i < corners.length; i++) {
      Vector3d v = corners[i].vector();
      thetas[i] = Trigonometry.acos(v.z() / v.norm());
      phis[i] = HealpixGrid.modulo(Trigonometry.atan2(v.y(), v.x()), Radians.TWO_PI);
    }
    boolean closed =
        Math.abs(thetas[last] - thetas[0]) < CLOSED && Math.abs(phis[last] - phis[0]) < CLOSED;
    Vector3d[] result = new Vector3d[closed ? last : last + 1];
    for (int i = 0; i < result.length; i++) {
      double s = Trigonometry.sin(thetas[i]);
      result[i] =
          new Vector3d(
              s * Trigonometry.cos(phis[i]),
              s * Trigonometry.sin(phis[i]),
              Trigonometry.cos(thetas[i]));
    }
    return result;
  }

  /// The inner normals of the edges with a free place at the end; none if a corner is degenerate or
  /// the polygon is not convex.
  private static Vector3d[] normals(Vector3d[] vertices) {
    int n = vertices.length;
    Vector3d[] none = {};
    if (n < ConvexPolygon.MIN_VERTICES) {
      return none;
    }
    Vector3d[] result = new Vector3d[n + 1];
    boolean clockwise = false;
    for (int i = 0; i < n; i++) {
      Vector3d normal = HealpixEnclosure.unit(vertices[i].cross(vertices[(i + 1) % n]));
      double corner = normal.dot(vertices[(i + 2) % n]);
      if (Math.abs(corner) < MIN_CORNER) {
        return none;
      }
      if (i == 0) {
        clockwise = corner < 0.0;
      } else if (clockwise ? corner > 0.0 : corner < 0.0) {
        return none;
      }
      result[i] = clockwise ? normal.negated() : normal;
    }
    return result;
  }

  private static RangeSet search(int order, HealpixZones zones) {
    HealpixSearch search = new HealpixSearch(order, zones);
    HealpixGrid root = new HealpixGrid(0);
    for (int face = 0; face < HealpixGrid.FACES; face++) {
      search.visit(root, face);
    }
    return search.found.build();
  }

  private void visit(HealpixGrid grid, long pixel) {
    int zone = zones.of(grid, pixel);
    if (zone == HealpixZones.OUTSIDE) {
      return;
    }
    if (grid.order() == order) {
      if (zone >= HealpixZones.CENTERED || anyChildMeets(grid, pixel)) {
        found.append(pixel, pixel);
      }
    } else if (zone == HealpixZones.INSIDE) {
      int shift = 2 * (order - grid.order());
      found.append(pixel << shift, ((pixel + 1) << shift) - 1);
    } else {
      HealpixGrid next = new HealpixGrid(grid.order() + 1);
      for (long child = 4 * pixel; child < 4 * pixel + 4; child++) {
        visit(next, child);
      }
    }
  }

  private boolean anyChildMeets(HealpixGrid grid, long pixel) {
    HealpixGrid next = new HealpixGrid(grid.order() + 1);
    for (long child = 4 * pixel; child < 4 * pixel + 4; child++) {
      int zone = zones.of(next, child);
      if (zone >= HealpixZones.CENTERED) {
        return true;
      }
      boolean deepest = next.order() == order + DEEPER;
      if (zone == HealpixZones.NEAR && (deepest || anyChildMeets(next, child))) {
        return true;
      }
    }
    return false;
  }
}
