package equerry.sphere;

/// The Quadrilateralized Sphere Cube of S. Koposov and O. Bartunov, "Q3C, Quad Tree Cube", ADASS XV
/// (2006): a cube seen from its center, each face a grid numbered in Morton order.
///
/// Faces are numbered +Z, +X, +Y, −X, −Y, −Z; each level adds two bits.
public final class Q3cPixelization extends TreePixelization {
  public static final int MAX_LEVEL = 30;

  private static final CubeFaces FACES =
      new CubeFaces(
          new int[][] {{1, 0, 2}, {1, 2, 0}, {0, 2, 1}, {1, 2, 0}, {0, 2, 1}, {1, 0, 2}},
          new double[][] {{1, -1, 1}, {1, 1, 1}, {-1, 1, 1}, {-1, 1, -1}, {1, 1, -1}, {1, 1, -1}});
  private static final int FACE_COUNT = 6;
  private static final String[] FACE_NAMES = {"+Z", "+X", "+Y", "-X", "-Y", "-Z"};

  /// @throws IllegalArgumentException if the level is not in `[0, 30]`
  public Q3cPixelization(int level) {
    super(checkedLevel("Q3C", level, MAX_LEVEL));
  }

  @Override
  public RangeSet universe() {
    return RangeSet.between(0, ((long) FACE_COUNT << 2 * level()) - 1);
  }

  private long checked(long index) {
    if (Long.compareUnsigned(index, (long) FACE_COUNT << 2 * level()) >= 0) {
      throw new IllegalArgumentException("Invalid Q3C index " + Long.toUnsignedString(index));
    }
    return index;
  }

  @Override
  public ConvexPolygon pixel(long index) {
    return ConvexPolygon.stored(quad(checked(index), level()));
  }

  private static UnitVector3d[] quad(long index, int level) {
    int face = (int) (index >>> 2 * level);
    long cell = index & ((1L << 2 * level) - 1);
    double size = CubeGrid.cellSize(level);
    double u = CubeGrid.faceCoordinate(level, GridCurve.evenBits(cell));
    double v = CubeGrid.faceCoordinate(level, GridCurve.evenBits(cell >>> 1));
    double u0 = u - CubeGrid.DILATION;
    double v0 = v - CubeGrid.DILATION;
    double u1 = (u + size) + CubeGrid.DILATION;
    double v1 = (v + size) + CubeGrid.DILATION;
    return new UnitVector3d[] {
      FACES.toSphere(face, u0, v0),
      FACES.toSphere(face, u1, v0),
      FACES.toSphere(face, u1, v1),
      FACES.toSphere(face, u0, v1)
    };
  }

  @Override
  public long index(UnitVector3d point) {
    int face = faceOf(point);
    long s = CubeGrid.cell(level(), FACES.u(face, point));
    long t = CubeGrid.cell(level(), FACES.v(face, point));
    return (long) face << 2 * level() | GridCurve.morton(s, t);
  }

  private static int faceOf(UnitVector3d p) {
    return switch (CubeFaces.axisOf(p)) {
      case PLUS_Z -> 0;
      case PLUS_X -> 1;
      case PLUS_Y -> 2;
      case MINUS_X -> 3;
      case MINUS_Y -> 4;
      case MINUS_Z -> 5;
    };
  }

  @Override
  public String name(long index) {
    checked(index);
    return FACE_NAMES[(int) (index >>> 2 * level())] + CubeGrid.digits(index, level());
  }

  @Override
  void visitRoots(PixelFinder finder) {
    for (int face = 0; face < FACE_COUNT; face++) {
      finder.visit(quad(face, 0), face, 0);
    }
  }

  @Override
  void visitChildren(PixelFinder finder, UnitVector3d[] pixel, long index, int pixelLevel) {
    for (long child = 4 * index; child < 4 * index + 4; child++) {
      finder.visit(quad(child, pixelLevel + 1), child, pixelLevel + 1);
    }
  }
}
