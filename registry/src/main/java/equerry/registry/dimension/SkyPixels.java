package equerry.registry.dimension;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.sphere.HealpixPixelization;
import equerry.sphere.HtmPixelization;
import equerry.sphere.Pixelization;
import equerry.sphere.RangeSet;
import equerry.sphere.Region;

/// The pixels of skypix dimensions.
public final class SkyPixels {
  /// How many ranges of pixels a statement asks for.
  private static final int MAX_RANGES = 256;

  private SkyPixels() {}

  /// The dimension whose overlaps with all regions the registry keeps.
  public static DimensionElement common(DimensionUniverse universe) {
    return universe.element(universe.config().commonSkypix());
  }

  /// The pixelization of a skypix dimension.
  ///
  /// @throws ButlerException.Invalid (unimplemented_query) for a system that is not known
  public static Pixelization of(DimensionElement dimension) {
    DimensionElement.Skypix pixels = dimension.skypix().orElseThrow();
    return switch (pixels.system()) {
      case "htm" -> new HtmPixelization(pixels.level());
      case "healpix" -> new HealpixPixelization(pixels.level());
      default ->
          throw new ButlerException.Invalid(
              ErrorCode.UNIMPLEMENTED_QUERY,
              "The pixels of skypix system '" + pixels.system() + "' are not known.");
    };
  }

  /// The region of a pixel in the encoding of records.
  ///
  /// @throws ButlerException.Invalid (data_id_value) for an index that is no pixel
  public static byte[] region(DimensionElement dimension, long index) {
    try {
      return of(dimension).pixel(index).encode();
    } catch (IllegalArgumentException outside) {
      throw new ButlerException.Invalid(
          ErrorCode.DATA_ID_VALUE,
          "Dimension " + dimension + " has no pixel " + index + ".",
          outside);
    }
  }

  /// The pixels that may overlap a region.
  ///
  /// @throws ButlerException.Invalid (unimplemented_query) where they cannot be found
  public static RangeSet envelope(DimensionElement dimension, Region region) {
    try {
      return of(dimension).envelope(region);
    } catch (IllegalArgumentException refused) {
      throw new ButlerException.Invalid(
          ErrorCode.UNIMPLEMENTED_QUERY,
          "The pixels of " + dimension + " in this region cannot be found: " + refused.getMessage(),
          refused);
    }
  }

  /// As [#envelope], but with more pixels rather than more ranges than a statement should have.
  public static RangeSet coarseEnvelope(DimensionElement dimension, Region region) {
    return of(dimension) instanceof HtmPixelization htm
        ? htm.envelope(region, MAX_RANGES)
        : envelope(dimension, region);
  }

  /// The condition that a pixel may overlap a region.
  public static Predicate within(DimensionElement dimension, Region region) {
    return new Predicate.Or(
        envelope(dimension, region).ranges().stream()
            .<Predicate>map(
                range ->
                    new Predicate.InRange(
                        new Expression.DimensionKey(dimension), range.begin(), range.end(), 1))
            .toList());
  }
}
