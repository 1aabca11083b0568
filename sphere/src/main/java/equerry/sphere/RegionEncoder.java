package equerry.sphere;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Writes regions as bytes: a letter for the shape, then little-endian doubles; for compound regions
/// each operand's length (unsigned 64 bits) and bytes.
final class RegionEncoder {
  static final byte BOX = 'b';
  static final byte CIRCLE = 'c';
  static final byte ELLIPSE = 'e';
  static final byte POLYGON = 'p';
  static final byte UNION = 'u';
  static final byte INTERSECTION = 'i';

  private RegionEncoder() {}

  static byte[] encode(Region region) {
    return switch (region) {
      case Box(NormalizedAngleInterval lon, AngleInterval lat) ->
          doubles(BOX, lon.a(), lon.b(), lat.a(), lat.b());
      case Circle circle ->
          doubles(
              CIRCLE,
              circle.center().x(),
              circle.center().y(),
              circle.center().z(),
              circle.squaredChord(),
              circle.openingAngle());
      case Ellipse ellipse -> doubles(ELLIPSE, ellipse.numbers());
      case ConvexPolygon polygon -> doubles(POLYGON, components(polygon.corners()));
      case UnionRegion(List<Region> operands) -> compound(UNION, operands);
      case IntersectionRegion(List<Region> operands) -> compound(INTERSECTION, operands);
    };
  }

  private static double[] components(UnitVector3d[] vertices) {
    double[] result = new double[3 * vertices.length];
    for (int i = 0; i < vertices.length; i++) {
      result[3 * i] = vertices[i].x();
      result[3 * i + 1] = vertices[i].y();
      result[3 * i + 2] = vertices[i].z();
    }
    return result;
  }

  private static byte[] doubles(byte shape, double... numbers) {
    ByteBuffer buffer = littleEndian(1 + Double.BYTES * numbers.length).put(shape);
    for (double number : numbers) {
      buffer.putDouble(number);
    }
    return buffer.array();
  }

  private static byte[] compound(byte shape, List<Region> operands) {
    List<byte[]> parts = operands.stream().map(RegionEncoder::encode).toList();
    int size = 1 + parts.stream().mapToInt(part -> Long.BYTES + part.length).sum();
    ByteBuffer buffer = littleEndian(size).put(shape);
    for (byte[] part : parts) {
      buffer.putLong(part.length).put(part);
    }
    return buffer.array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
