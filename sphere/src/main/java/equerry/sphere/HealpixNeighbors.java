package equerry.sphere;

import java.util.function.LongConsumer;

/// The up to eight pixels around a HEALPix pixel.
final class HealpixNeighbors {
  private static final int NONE = -1;
  private static final int FLIP_X = 1;
  private static final int FLIP_Y = 2;
  private static final int SWAP = 4;

  /// Where one comes over an edge or corner of a face, for northern, equatorial and southern faces.
  ///
  /// @param rows the first face of the row of faces arrived at, or none
  /// @param turns by how many faces to go east in that row
  /// @param changes how coordinates change
  private record Crossing(int[] rows, int[] turns, int[] changes) {}

  private static final Crossing SOUTH =
      new Crossing(new int[] {8, NONE, 8}, new int[] {0, 0, 2}, new int[] {0, 0, FLIP_X | FLIP_Y});
  private static final Crossing SOUTH_EAST =
      new Crossing(new int[] {4, 8, 8}, new int[] {1, 0, 1}, new int[] {0, 0, FLIP_Y | SWAP});
  private static final Crossing EAST =
      new Crossing(new int[] {NONE, 4, NONE}, new int[] {0, 1, 0}, new int[3]);
  private static final Crossing SOUTH_WEST =
      new Crossing(new int[] {4, 8, 8}, new int[] {0, 3, 3}, new int[] {0, 0, FLIP_X | SWAP});
  private static final Crossing NORTH_EAST =
      new Crossing(new int[] {0, 0, 4}, new int[] {1, 0, 1}, new int[] {FLIP_X | SWAP, 0, 0});
  private static final Crossing WEST =
      new Crossing(new int[] {NONE, 4, NONE}, new int[] {0, 3, 0}, new int[3]);
  private static final Crossing NORTH_WEST =
      new Crossing(new int[] {0, 0, 4}, new int[] {3, 3, 0}, new int[] {FLIP_Y | SWAP, 0, 0});
  private static final Crossing NORTH =
      new Crossing(new int[] {0, NONE, 0}, new int[] {2, 0, 0}, new int[] {FLIP_X | FLIP_Y, 0, 0});
  private static final Crossing INSIDE = new Crossing(new int[] {0, 4, 8}, new int[3], new int[3]);

  /// By steps in y (south, none, north) and in x.
  private static final Crossing[][] CROSSINGS = {
    {SOUTH, SOUTH_EAST, EAST}, {SOUTH_WEST, INSIDE, NORTH_EAST}, {WEST, NORTH_WEST, NORTH}
  };

  private HealpixNeighbors() {}

  static void forEach(HealpixGrid grid, long pixel, LongConsumer action) {
    int face = grid.face(pixel);
    long x = grid.x(pixel);
    long y = grid.y(pixel);
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (dx != 0 || dy != 0) {
          visit(grid, face, x + dx, y + dy, action);
        }
      }
    }
  }

  private static void visit(HealpixGrid grid, int face, long x, long y, LongConsumer action) {
    long side = grid.side();
    Crossing crossing = CROSSINGS[step(y, side)][step(x, side)];
    int row = face / 4;
    if (crossing.rows[row] == NONE) {
      return;
    }
    int target = crossing.rows[row] + (face + crossing.turns[row]) % 4;
    int change = crossing.changes[row];
    long u = Math.floorMod(x, side);
    long v = Math.floorMod(y, side);
    if ((change & FLIP_X) != 0) {
      u = side - u - 1;
    }
    if ((change & FLIP_Y) != 0) {
      v = side - v - 1;
    }
    action.accept((change & SWAP) == 0 ? grid.pixel(target, u, v) : grid.pixel(target, v, u));
  }

  private static int step(long coordinate, long side) {
    if (coordinate < 0) {
      return 0;
    }
    return coordinate < side ? 1 : 2;
  }
}
