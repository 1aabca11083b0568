package equerry.sphere;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads what [RegionEncoder] writes, from bytes that nobody vouches for.
final class RegionDecoder {
  /// How deep compound regions may lie in each other. The Python package has no limit but its stack;
  /// nothing it builds needs more than two or three.
  static final int MAX_NESTING = 64;

  private static final int BOX_SIZE = 33;
  private static final int CIRCLE_SIZE = 41;
  private static final int ELLIPSE_SIZE = 1 + Double.BYTES * Ellipse.NUMBERS;
  private static final int VERTEX_SIZE = 3 * Double.BYTES;

  private RegionDecoder() {}

  static Region decode(byte[] bytes) {
    return decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
  }

  private static Region decode(ByteBuffer buffer, int depth) {
    int size = buffer.remaining();
    if (size == 0) {
      throw new RegionFormatException("An encoded region has at least one byte; there is none.");
    }
    byte shape = buffer.get();
    return switch (shape) {
      case RegionEncoder.BOX -> box(checked(buffer, "box", size == BOX_SIZE));
      case RegionEncoder.CIRCLE -> circle(checked(buffer, "circle", size == CIRCLE_SIZE));
      case RegionEncoder.ELLIPSE -> ellipse(checked(buffer, "ellipse", size == ELLIPSE_SIZE));
      case RegionEncoder.POLYGON -> polygon(checked(buffer, "convex polygon", isPolygon(size)));
      case RegionEncoder.UNION -> new UnionRegion(operands(buffer, depth));
      case RegionEncoder.INTERSECTION -> new IntersectionRegion(operands(buffer, depth));
      default ->
          throw new RegionFormatException(
              "No encoded region starts with byte 0x%02x; known are b, c, e, p, u and i."
                  .formatted(shape));
    };
  }

  private static ByteBuffer checked(ByteBuffer buffer, String shape, boolean hasSize) {
    if (!hasSize) {
      throw new RegionFormatException(
          "%d bytes are not an encoded %s.".formatted(buffer.remaining() + 1, shape));
    }
    return buffer;
  }

  private static boolean isPolygon(int size) {
    return size >= 1 + ConvexPolygon.MIN_VERTICES * VERTEX_SIZE && (size - 1) % VERTEX_SIZE == 0;
  }

  private static Box box(ByteBuffer buffer) {
    double lonA = buffer.getDouble();
    double lonB = buffer.getDouble();
    double latA = buffer.getDouble();
    double latB = buffer.getDouble();
    try {
      return Box.ofRadians(lonA, latA, lonB, latB);
    } catch (DegenerateRegionException e) {
      throw new RegionFormatException("The longitudes of an encoded box are out of order.", e);
    }
  }

  private static Circle circle(ByteBuffer buffer) {
    UnitVector3d center = vector(buffer);
    double squaredChord = buffer.getDouble();
    return Circle.stored(center, squaredChord, buffer.getDouble());
  }

  private static Ellipse ellipse(ByteBuffer buffer) {
    double[] numbers = new double[Ellipse.NUMBERS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = buffer.getDouble();
    }
    return Ellipse.stored(numbers);
  }

  private static ConvexPolygon polygon(ByteBuffer buffer) {
    UnitVector3d[] vertices = new UnitVector3d[buffer.remaining() / VERTEX_SIZE];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = vector(buffer);
    }
    return ConvexPolygon.stored(vertices);
  }

  private static UnitVector3d vector(ByteBuffer buffer) {
    return UnitVector3d.stored(buffer.getDouble(), buffer.getDouble(), buffer.getDouble());
  }

  private static List<Region> operands(ByteBuffer buffer, int depth) {
    if (depth == MAX_NESTING) {
      throw new RegionFormatException(
          "An encoded region nests compound regions deeper than %d.".formatted(MAX_NESTING));
    }
    List<Region> operands = new ArrayList<>();
    while (buffer.hasRemaining()) {
      if (buffer.remaining() < Long.BYTES) {
        throw truncated(buffer);
      }
      long size = buffer.getLong();
      if (size < 0 || size > buffer.remaining()) {
        throw truncated(buffer);
      }
      ByteBuffer part = buffer.slice(buffer.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
      operands.add(decode(part, depth + 1));
      buffer.position(buffer.position() + (int) size);
    }
    return operands;
  }

  private static RegionFormatException truncated(ByteBuffer buffer) {
    return new RegionFormatException(
        "An encoded compound region ends within an operand, %d bytes before its end."
            .formatted(buffer.remaining()));
  }
}
