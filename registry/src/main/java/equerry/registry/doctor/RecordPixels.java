package equerry.registry.doctor;

import equerry.api.dimension.DimensionElement;
import equerry.registry.dimension.SkyPixels;
import equerry.sphere.Circle;
import equerry.sphere.ConvexPolygon;
import equerry.sphere.RangeSet;
import equerry.sphere.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record's region beside the pixels that are kept for it.
///
/// @param key the values of the required dimensions
/// @param region the region as it is kept, null for none
/// @param pixels the pixels that are kept
record RecordPixels(List<Object> key, byte @Nullable [] region, List<Long> pixels) {

  /// What the pixels should be.
  sealed interface Verdict {}

  /// They are right.
  record Right() implements Verdict {}

  /// They should be others.
  record Wrong(List<Long> pixels) implements Verdict {}

  /// The region cannot be read.
  record Unreadable() implements Verdict {}

  /// Compares with the pixels of the region.
  ///
  /// Those of polygons and circles are the same whoever computes them. Of other shapes they differ
  /// in the last digit; then it is enough that there are some.
  Verdict judge(DimensionElement common) {
    if (region == null) {
      return pixels.isEmpty() ? new Right() : new Wrong(List.of());
    }
    Optional<Region> shape = decode(region);
    if (shape.isEmpty()) {
      return new Unreadable();
    }
    RangeSet envelope = SkyPixels.envelope(common, shape.get());
    return isRight(shape.get(), envelope) ? new Right() : new Wrong(indexes(envelope));
  }

  private boolean isRight(Region shape, RangeSet envelope) {
    return switch (shape) {
      case ConvexPolygon polygon -> isSame(envelope);
      case Circle circle -> isSame(envelope);
      default -> isSame(envelope) || !pixels.isEmpty();
    };
  }

  private boolean isSame(RangeSet envelope) {
    return pixels.size() == envelope.cardinality() && pixels.stream().allMatch(envelope::contains);
  }

  private static Optional<Region> decode(byte[] region) {
    try {
      return Optional.of(Region.decode(region));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static List<Long> indexes(RangeSet envelope) {
    List<Long> all = new ArrayList<>();
    for (RangeSet.Range range : envelope.ranges()) {
      for (long pixel = range.begin(); pixel < range.end(); pixel++) {
        all.add(pixel);
      }
    }
    return all;
  }
}
