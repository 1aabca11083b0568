package equerry.sphere;

/// A division of the sphere into numbered pixels.
///
/// Indexes are unsigned 64-bit numbers; all but the deepest MQ3C levels fit a signed `long`.
public sealed interface Pixelization permits HealpixPixelization, TreePixelization {
  int level();

  /// All indexes of this pixelization.
  RangeSet universe();

  /// The region of one pixel.
  ///
  /// @throws IllegalArgumentException if the index is not of this pixelization
  ConvexPolygon pixel(long index);

  /// The pixel that a point belongs to.
  long index(UnitVector3d point);

  /// A name of a pixel for people.
  ///
  /// @throws IllegalArgumentException if the index is not of this pixelization
  String name(long index);

  /// All pixels that may have points in common with a region.
  RangeSet envelope(Region region);

  /// As [#envelope], in at most so many ranges, by adding pixels. A union may have more: the limit
  /// holds for each operand.
  ///
  /// @throws UnsupportedOperationException for HEALPix
  RangeSet envelope(Region region, int maxRanges);

  /// Pixels that are surely within a region.
  RangeSet interior(Region region);

  /// As [#interior], in at most so many ranges, by leaving out pixels.
  ///
  /// @throws UnsupportedOperationException for HEALPix
  RangeSet interior(Region region, int maxRanges);
}
