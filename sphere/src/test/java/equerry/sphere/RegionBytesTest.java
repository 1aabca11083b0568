package equerry.sphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes that nobody vouches for.
class RegionBytesTest {
  @Test
  void deepNestingIsRefused() {
    byte[] bytes = Circle.full().encode();
    for (int depth = 0; depth < RegionDecoder.MAX_NESTING; depth++) {
      bytes = wrapped(depth % 2 == 0 ? 'i' : 'u', bytes);
    }
    assertThat(Region.decode(bytes)).isInstanceOf(UnionRegion.class);
    byte[] deeper = wrapped('i', bytes);
    assertThatThrownBy(() -> Region.decode(deeper))
        .isInstanceOf(RegionFormatException.class)
        .hasMessageContaining("deeper than 64");
  }

  private static byte[] wrapped(char shape, byte[] operand) {
    return ByteBuffer.allocate(1 + Long.BYTES + operand.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) shape)
        .putLong(operand.length)
        .put(operand)
        .array();
  }

  @Test
  void lengthsOutsideTheBytesAreRefused() {
    for (long size : new long[] {-1, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 40, 1}) {
      byte[] bytes =
          ByteBuffer.allocate(9)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put((byte) 'u')
              .putLong(size)
              .array();
      assertThatThrownBy(() -> Region.decode(bytes)).isInstanceOf(RegionFormatException.class);
    }
  }

  /// Whatever numbers the bytes hold, questions have an answer or the one error for such numbers.
  @Test
  void regionsOfAnyNumbersCanBeAsked() {
    Random random = new Random(7);
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, -7, 1e300, 1e-300, 0, -0.0, 1, 4, -1};
    for (int n = 0; n < 20_000; n++) {
      Region a = anyRegion(random, odd);
      Region b = anyRegion(random, odd);
      try {
        a.relate(b);
        a.overlaps(b);
        a.boundingBox();
        a.boundingCircle();
      } catch (DegenerateRegionException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static Region anyRegion(Random random, double[] odd) {
    int shape = random.nextInt(4);
    int numbers = List.of(4, 5, 14, 9).get(shape);
    ByteBuffer buffer =
        ByteBuffer.allocate(1 + Double.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) "bcep".charAt(shape));
    for (int i = 0; i < numbers; i++) {
      buffer.putDouble(
          random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : random.nextGaussian());
    }
    try {
      return Region.decode(buffer.array());
    } catch (RegionFormatException e) {
      return Circle.empty();
    }
  }

  @Test
  void base64MustBeWhole() {
    assertThatThrownBy(() -> Region.decodeBase64("YwA")).isInstanceOf(RegionFormatException.class);
    assertThatThrownBy(() -> Region.decodeBase64("Yw!=")).isInstanceOf(RegionFormatException.class);
    assertThatThrownBy(() -> Region.overlapsBase64("YwAA"))
        .isInstanceOf(RegionFormatException.class)
        .hasMessage("No '&' found in encoded overlap expression term.");
    assertThat(Region.decodeBase64("")).isEqualTo(UnionRegion.of());
    assertThat(Region.overlapsBase64("")).isEqualTo(Overlap.NO);
  }
}
