package equerry.sphere;

/// How points of the sphere map to coordinates `u` and `v` in `[-1, 1]` on the faces of a cube.
final class CubeFaces {
  /// The direction of a cube face.
  enum Axis {
    PLUS_X,
    MINUS_X,
    PLUS_Y,
    MINUS_Y,
    PLUS_Z,
    MINUS_Z
  }

  private final int[][] components;
  private final double[][] signs;

  /// @param components for each face the components of a vector along u, v and the face's normal
  /// @param signs for each face the sign of each of these
  CubeFaces(int[][] components, double[][] signs) {
    this.components = components;
    this.signs = signs;
  }

  /// The face that a point is on, with the edges given to faces as lsst-sphgeom does: those of +X
  /// and +Y go to ±Z, those of −X and −Y stay.
  static Axis axisOf(UnitVector3d p) {
    double x = p.x();
    double y = p.y();
    double z = p.z();
    if (x > -y) {
      double a = x > y ? x : y;
      if (z >= a) {
        return Axis.PLUS_Z;
      }
      if (z <= -a) {
        return Axis.MINUS_Z;
      }
      return x > y ? Axis.PLUS_X : Axis.PLUS_Y;
    }
    double a = x > y ? -y : -x;
    if (z > a) {
      return Axis.PLUS_Z;
    }
    if (z < -a) {
      return Axis.MINUS_Z;
    }
    return x > y ? Axis.MINUS_Y : Axis.MINUS_X;
  }

  double u(int face, UnitVector3d p) {
    return coordinate(face, p, 0);
  }

  double v(int face, UnitVector3d p) {
    return coordinate(face, p, 1);
  }

  private double coordinate(int face, UnitVector3d p, int which) {
    int[] c = components[face];
    return p.vector().component(c[which])
        / Math.abs(p.vector().component(c[2]))
        * signs[face][which];
  }

  UnitVector3d toSphere(int face, double u, double v) {
    double norm = Math.sqrt(1.0 + (u * u + v * v));
    double[] p = new double[3];
    int[] c = components[face];
    p[c[0]] = u / norm * signs[face][0];
    p[c[1]] = v / norm * signs[face][1];
    p[c[2]] = signs[face][2] / norm;
    return UnitVector3d.stored(p[0], p[1], p[2]);
  }
}
