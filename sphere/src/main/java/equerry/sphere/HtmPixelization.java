package equerry.sphere;

/// The Hierarchical Triangular Mesh: the eight faces of an octahedron, each divided into four
/// triangles again and again.
///
/// After P. Z. Kunszt, A. S. Szalay and A. R. Thakar, "The Hierarchical Triangular Mesh", Mining the
/// Sky (2001). Root triangles are 8 to 15 (S0 to S3, N0 to N3); each level adds two bits.
public final class HtmPixelization extends TreePixelization {
  public static final int MAX_LEVEL = 24;

  private static final int FIRST_ROOT = 8;
  private static final int ROOTS = 8;
  private static final UnitVector3d[][] ROOT_VERTICES = rootVertices();

  /// @throws IllegalArgumentException if the level is not in `[0, 24]`
  public HtmPixelization(int level) {
    super(checkedLevel("HTM", level, MAX_LEVEL));
  }

  private static UnitVector3d[][] rootVertices() {
    UnitVector3d x = UnitVector3d.X;
    UnitVector3d y = UnitVector3d.Y;
    UnitVector3d z = UnitVector3d.Z;
    UnitVector3d mx = x.antipode();
    UnitVector3d my = y.antipode();
    UnitVector3d mz = z.antipode();
    return new UnitVector3d[][] {
      {x, mz, y}, {y, mz, mx}, {mx, mz, my}, {my, mz, x},
      {x, z, my}, {my, z, mx}, {mx, z, y}, {y, z, x}
    };
  }

  @Override
  public RangeSet universe() {
    return RangeSet.between((long) FIRST_ROOT << 2 * level(), (16L << 2 * level()) - 1);
  }

  /// The level of an index, or -1 if it is not an HTM index.
  static int levelOf(long index) {
    int top = Long.SIZE - 1 - Long.numberOfLeadingZeros(index);
    return top < 3 || top % 2 == 0 ? -1 : (top - 3) / 2;
  }

  /// The triangle of an index of any level.
  @Override
  public ConvexPolygon pixel(long index) {
    int shift = 2 * levelOfPixel(index);
    UnitVector3d[] triangle = ROOT_VERTICES[(int) (index >>> shift) & (ROOTS - 1)];
    while (shift > 0) {
      shift -= 2;
      triangle = children(triangle)[(int) (index >>> shift) & 3];
    }
    return ConvexPolygon.stored(triangle.clone());
  }

  private static int levelOfPixel(long index) {
    int level = levelOf(index);
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException("Invalid HTM index " + Long.toUnsignedString(index));
    }
    return level;
  }

  private static UnitVector3d[][] children(UnitVector3d[] t) {
    UnitVector3d m12 = t[1].midpoint(t[2]);
    UnitVector3d m20 = t[2].midpoint(t[0]);
    UnitVector3d m01 = t[0].midpoint(t[1]);
    return new UnitVector3d[][] {
      {t[0], m01, m20}, {t[1], m12, m01}, {t[2], m20, m12}, {m12, m20, m01}
    };
  }

  @Override
  public long index(UnitVector3d point) {
    int root = rootOf(point);
    Vector3d v = point.vector();
    UnitVector3d[] triangle = ROOT_VERTICES[root];
    long index = FIRST_ROOT + root;
    for (int l = 0; l < level(); l++) {
      UnitVector3d[][] children = children(triangle);
      int child = 0;
      // A corner child is separated from the rest by its edge from the second to the third vertex.
      while (child < 3 && !isLeftOf(v, children[child][1], children[child][2])) {
        child++;
      }
      triangle = children[child];
      index = 4 * index + child;
    }
    return index;
  }

  private static boolean isLeftOf(Vector3d v, UnitVector3d a, UnitVector3d b) {
    return Orientation.of(v, a.vector(), b.vector()) >= 0;
  }

  private static int rootOf(UnitVector3d v) {
    if (v.z() < 0.0) {
      if (v.y() > 0.0) {
        return v.x() > 0.0 ? 0 : 1;
      }
      if (v.y() == 0.0) {
        return v.x() >= 0.0 ? 0 : 2;
      }
      return v.x() < 0.0 ? 2 : 3;
    }
    if (v.y() > 0.0) {
      return v.x() > 0.0 ? 7 : 6;
    }
    if (v.y() == 0.0) {
      return v.x() >= 0.0 ? 7 : 5;
    }
    return v.x() < 0.0 ? 5 : 4;
  }

  /// The hemisphere (N or S) and one digit per level, for an index of any level.
  @Override
  public String name(long index) {
    int digits = levelOfPixel(index) + 1;
    StringBuilder name = new StringBuilder();
    name.append(index >>> 2 * digits == 2 ? 'S' : 'N');
    for (int digit = digits - 1; digit >= 0; digit--) {
      name.append((char) ('0' + (int) (index >>> 2 * digit & 3)));
    }
    return name.toString();
  }

  @Override
  void visitRoots(PixelFinder finder) {
    for (int root = 0; root < ROOTS; root++) {
      finder.visit(ROOT_VERTICES[root], FIRST_ROOT + root, 0);
    }
  }

  @Override
  void visitChildren(PixelFinder finder, UnitVector3d[] pixel, long index, int pixelLevel) {
    UnitVector3d[][] children = children(pixel);
    for (int child = 0; child < children.length; child++) {
      finder.visit(children[child], 4 * index + child, pixelLevel + 1);
    }
  }
}
