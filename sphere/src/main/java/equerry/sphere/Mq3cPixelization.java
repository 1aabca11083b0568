package equerry.sphere;

/// A modified [Q3C][Q3cPixelization] of lsst-sphgeom: cells of nearly equal area, numbered along a
/// Hilbert curve that runs on from face to face.
///
/// Faces are 10 to 15 (−Z, +X, +Y, +Z, −X, −Y); each level adds two bits. At level 30 indexes are
/// negative as signed numbers.
public final class Mq3cPixelization extends TreePixelization {
  public static final int MAX_LEVEL = 30;

  private static final CubeFaces FACES =
      new CubeFaces(
          new int[][] {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 1, 2}, {1, 2, 0}, {2, 0, 1}},
          new double[][] {
            {1, 1, -1}, {1, 1, 1}, {1, -1, 1}, {-1, -1, 1}, {-1, -1, -1}, {-1, 1, -1}
          });
  private static final int FIRST_FACE = 10;
  private static final int FACE_COUNT = 6;
  private static final String[] FACE_NAMES = {"-Z", "+X", "+Y", "+Z", "-X", "-Y"};

  /// @throws IllegalArgumentException if the level is not in `[0, 30]`
  public Mq3cPixelization(int level) {
    super(checkedLevel("Modified Q3C", level, MAX_LEVEL));
  }

  @Override
  public RangeSet universe() {
    return RangeSet.between((long) FIRST_FACE << 2 * level(), (16L << 2 * level()) - 1);
  }

  @Override
  public ConvexPolygon pixel(long index) {
    return ConvexPolygon.stored(quad(checked(index, level()), level()));
  }

  private static long checked(long index, int level) {
    long face = index >>> 2 * level;
    if (face < FIRST_FACE || face >= FIRST_FACE + FACE_COUNT) {
      throw new IllegalArgumentException(
          "Invalid modified-Q3C index " + Long.toUnsignedString(index));
    }
    return index;
  }

  private static UnitVector3d[] quad(long index, int level) {
    int face = (int) (index >>> 2 * level) - FIRST_FACE;
    long cell = GridCurve.hilbertToMorton(index, level);
    double size = CubeGrid.cellSize(level);
    double u = CubeGrid.faceCoordinate(level, GridCurve.evenBits(cell));
    double v = CubeGrid.faceCoordinate(level, GridCurve.evenBits(cell >>> 1));
    double u0 = CubeGrid.unevened(u - CubeGrid.DILATION);
    double v0 = CubeGrid.unevened(v - CubeGrid.DILATION);
    double u1 = CubeGrid.unevened((u + size) + CubeGrid.DILATION);
    double v1 = CubeGrid.unevened((v + size) + CubeGrid.DILATION);
    UnitVector3d a = FACES.toSphere(face, u0, v0);
    UnitVector3d b = FACES.toSphere(face, u1, v0);
    UnitVector3d c = FACES.toSphere(face, u1, v1);
    UnitVector3d d = FACES.toSphere(face, u0, v1);
    // Coordinates of even faces are left-handed as seen from outside.
    return face % 2 == 0 ? new UnitVector3d[] {a, d, c, b} : new UnitVector3d[] {a, b, c, d};
  }

  @Override
  public long index(UnitVector3d point) {
    int face = faceOf(point);
    long s = CubeGrid.cell(level(), CubeGrid.evened(FACES.u(face, point)));
    long t = CubeGrid.cell(level(), CubeGrid.evened(FACES.v(face, point)));
    long cell = GridCurve.mortonToHilbert(GridCurve.morton(s, t), level());
    return (long) (face + FIRST_FACE) << 2 * level() | cell;
  }

  private static int faceOf(UnitVector3d p) {
    return switch (CubeFaces.axisOf(p)) {
      case MINUS_Z -> 0;
      case PLUS_X -> 1;
      case PLUS_Y -> 2;
      case PLUS_Z -> 3;
      case MINUS_X -> 4;
      case MINUS_Y -> 5;
    };
  }

  @Override
  public String name(long index) {
    int level = levelOf(index);
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException(
          "Invalid modified-Q3C index " + Long.toUnsignedString(index));
    }
    int face = (int) (index >>> 2 * level) - FIRST_FACE;
    return FACE_NAMES[face] + CubeGrid.digits(index, level);
  }

  /// The level of an index, or -1 if it is no index of this system.
  static int levelOf(long index) {
    int top = Long.SIZE - 1 - Long.numberOfLeadingZeros(index);
    if (top < 3 || top % 2 == 0 || index >>> (top - 3) < FIRST_FACE) {
      return -1;
    }
    return (top - 3) / 2;
  }

  @Override
  void visitRoots(PixelFinder finder) {
    for (int face = FIRST_FACE; face < FIRST_FACE + FACE_COUNT; face++) {
      finder.visit(quad(face, 0), face, 0);
    }
  }

  @Override
  void visitChildren(PixelFinder finder, UnitVector3d[] pixel, long index, int pixelLevel) {
    for (long child = 4 * index; child != 4 * index + 4; child++) {
      finder.visit(quad(child, pixelLevel + 1), child, pixelLevel + 1);
    }
  }
}
