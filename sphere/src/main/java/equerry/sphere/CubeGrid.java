package equerry.sphere;

/// The grid of `2^level` by `2^level` cells on a cube face.
final class CubeGrid {
  /// How much pixels are enlarged on the face, so that they contain every point that maps to them.
  static final double DILATION = 1.0e-15;

  private static final double THIRD = 0.3333333333333333;
  private static final double FOUR_THIRDS = 1.3333333333333333;

  private CubeGrid() {}

  static double cellSize(int level) {
    return Math.scalb(2.0, -level);
  }

  /// Where a cell begins on the face.
  static double faceCoordinate(int level, long cell) {
    return cell * cellSize(level) - 1.0;
  }

  /// The cell of a face coordinate.
  static long cell(int level, double coordinate) {
    double scale = Math.scalb(0.5, level);
    double cell = coordinate * scale + scale;
    return (long) Math.min(Math.max(cell, 0.0), 2.0 * scale - 1.0);
  }

  /// A coordinate that makes cells more even in area: near to `4/π · atan(u)`.
  static double evened(double u) {
    return u * (FOUR_THIRDS - THIRD * Math.abs(u));
  }

  static double unevened(double u) {
    return Math.copySign(2.0 - Math.sqrt(4.0 - 3.0 * Math.abs(u)), u);
  }

  /// One digit from 0 to 3 for each level.
  static String digits(long index, int level) {
    StringBuilder digits = new StringBuilder();
    for (int l = level - 1; l >= 0; l--) {
      digits.append((char) ('0' + (int) (index >>> 2 * l & 3)));
    }
    return digits.toString();
  }
}
