package equerry.sphere;

/// Numberings of the cells of a square grid.
///
/// Morton order interleaves the bits of both coordinates. The Hilbert curve runs from `(0, 0)` to
/// `(max, 0)`: each quadrant is visited by a smaller copy of the curve, turned so that ends meet.
final class GridCurve {
  /// For each state of the curve, the rank of each quadrant (two Morton bits: y, x) and the state
  /// within it. States: 0 as is, 1 mirrored at the diagonal, 2 mirrored at the other diagonal, 3
  /// turned by half.
  private static final int[][] RANK = {{0, 3, 1, 2}, {0, 1, 3, 2}, {2, 3, 1, 0}, {2, 1, 3, 0}};

  private static final int[][] NEXT = {{1, 2, 0, 0}, {0, 1, 3, 1}, {2, 0, 2, 3}, {3, 3, 1, 2}};

  private GridCurve() {}

  static long morton(long x, long y) {
    return spread(x) | spread(y) << 1;
  }

  private static long spread(long x) {
    long bits = x;
    bits = (bits | bits << 16) & 0x0000ffff0000ffffL;
    bits = (bits | bits << 8) & 0x00ff00ff00ff00ffL;
    bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0fL;
    bits = (bits | bits << 2) & 0x3333333333333333L;
    return (bits | bits << 1) & 0x5555555555555555L;
  }

  /// The even bits of a number, brought together: the x of a Morton index.
  static long evenBits(long index) {
    long bits = index & 0x5555555555555555L;
    bits = (bits | bits >>> 1) & 0x3333333333333333L;
    bits = (bits | bits >>> 2) & 0x0f0f0f0f0f0f0f0fL;
    bits = (bits | bits >>> 4) & 0x00ff00ff00ff00ffL;
    bits = (bits | bits >>> 8) & 0x0000ffff0000ffffL;
    return (bits | bits >>> 16) & 0x00000000ffffffffL;
  }

  static long mortonToHilbert(long morton, int level) {
    long result = 0;
    int state = 0;
    for (int l = level - 1; l >= 0; l--) {
      int quadrant = (int) (morton >>> 2 * l) & 3;
      result = result << 2 | RANK[state][quadrant];
      state = NEXT[state][quadrant];
    }
    return result;
  }

  /// Takes the low `2 · level` bits of an index.
  static long hilbertToMorton(long hilbert, int level) {
    long result = 0;
    int state = 0;
    for (int l = level - 1; l >= 0; l--) {
      int quadrant = quadrantOf(state, (int) (hilbert >>> 2 * l) & 3);
      result = result << 2 | quadrant;
      state = NEXT[state][quadrant];
    }
    return result;
  }

  private static int quadrantOf(int state, int rank) {
    int[] ranks = RANK[state];
    for (int quadrant = 0; quadrant < ranks.length; quadrant++) {
      if (ranks[quadrant] == rank) {
        return quadrant;
      }
    }
    throw new AssertionError("Every rank has its quadrant.");
  }
}
