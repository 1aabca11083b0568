package equerry.sphere;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// HEALPix with `nside = 2^level` in nested numbering.
///
/// Envelopes are those of lsst-sphgeom, found in three steps: pixels four levels deeper that may meet
/// the region, all neighbors of these, and the pixels that hold such a neighbor.
///
/// @param level from 0 to [#MAX_LEVEL]
public record HealpixPixelization(int level) implements Pixelization {
  public static final int MAX_LEVEL = 17;

  /// The most pixels that a region may be searched in.
  public static final long MAX_ENVELOPE_PIXELS = 1L << 24;

  private static final int DEEPER = 4;
  private static final int SIDE_POINTS = 4;

  public HealpixPixelization {
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException(
          "HEALPix levels are 0 to %d; there is no %d.".formatted(MAX_LEVEL, level));
    }
  }

  private HealpixGrid grid() {
    return new HealpixGrid(level);
  }

  @Override
  public RangeSet universe() {
    return RangeSet.between(0, grid().pixels() - 1);
  }

  private long checked(long index) {
    if (index < 0 || index >= grid().pixels()) {
      throw new IllegalArgumentException(
          "HEALPix pixels of level %d are 0 to %d; there is no %d."
              .formatted(level, grid().pixels() - 1, index));
    }
    return index;
  }

  /// The hull of sixteen points on the pixel's boundary: the pixel itself is not convex.
  @Override
  public ConvexPolygon pixel(long index) {
    List<UnitVector3d> points =
        Arrays.stream(grid().boundary(checked(index), SIDE_POINTS))
            .map(HealpixPixelization::throughDegrees)
            .toList();
    return ConvexPolygon.hullOf(points);
  }

  /// The direction of a place, with the roundings of a way through degrees.
  private static UnitVector3d throughDegrees(HealpixGrid.Place place) {
    double lon = place.phi() * (180.0 / Math.PI) % 360.0 * (Math.PI / 180.0);
    double lat = -(place.theta() - Radians.HALF_PI) * (180.0 / Math.PI) * (Math.PI / 180.0);
    double theta = Radians.HALF_PI - lat;
    double s = Trigonometry.sin(theta);
    return UnitVector3d.of(
        s * Trigonometry.cos(lon), s * Trigonometry.sin(lon), Trigonometry.cos(theta));
  }

  @Override
  public long index(UnitVector3d point) {
    return grid().pixelOf(point.vector());
  }

  @Override
  public String name(long index) {
    return Long.toString(checked(index));
  }

  /// @throws IllegalArgumentException if the region is a union, an intersection or an empty box or
  ///     circle, or needs more than [#MAX_ENVELOPE_PIXELS] pixels
  @Override
  public RangeSet envelope(Region region) {
    HealpixGrid deep = new HealpixGrid(level + DEEPER);
    PixelBag bag = new PixelBag();
    for (RangeSet.Range range : HealpixSearch.find(deep.order(), region).ranges()) {
      addAround(deep, range.begin(), range.end(), bag);
    }
    return bag.toRangeSet();
  }

  /// Adds the pixels that hold neighbors of deep pixels. A pixel all of whose deep pixels are in the
  /// range is added with its own neighbors.
  private void addAround(HealpixGrid deep, long begin, long end, PixelBag bag) {
    int shift = 2 * DEEPER;
    long size = 1L << shift;
    long pixel = begin;
    while (pixel < end) {
      if (pixel % size == 0 && end - pixel >= size) {
        bag.accept(pixel >>> shift);
        HealpixNeighbors.forEach(grid(), pixel >>> shift, bag);
        pixel += size;
      } else {
        HealpixNeighbors.forEach(deep, pixel, neighbor -> bag.accept(neighbor >>> shift));
        pixel++;
      }
    }
  }

  @Override
  public RangeSet envelope(Region region, int maxRanges) {
    throw new UnsupportedOperationException("HealpixPixelization: maxRanges not implemented");
  }

  /// The pixels that may meet the region and have all four corners in it.
  @Override
  public RangeSet interior(Region region) {
    PixelBag bag = new PixelBag();
    for (RangeSet.Range range : HealpixSearch.find(level, region).ranges()) {
      for (long pixel = range.begin(); pixel < range.end(); pixel++) {
        if (hasCornersIn(region, pixel)) {
          bag.accept(pixel);
        }
      }
    }
    return bag.toRangeSet();
  }

  private boolean hasCornersIn(Region region, long pixel) {
    for (HealpixGrid.Place corner : grid().boundary(pixel, 1)) {
      LonLat point = new LonLat(corner.phi(), -(corner.theta() - Radians.HALF_PI));
      if (!region.contains(UnitVector3d.of(point))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public RangeSet interior(Region region, int maxRanges) {
    throw new UnsupportedOperationException("HealpixPixelization: maxRanges not implemented");
  }

  /// Pixels in any order, some more than once.
  private static final class PixelBag implements LongConsumer {
    private long[] pixels = new long[64];
    private int size;
    private long added;

    @Override
    public void accept(long pixel) {
      if (size > 0 && pixels[size - 1] == pixel) {
        return;
      }
      if (size == pixels.length) {
        compact();
      }
      if (++added > MAX_ENVELOPE_PIXELS) {
        throw new IllegalArgumentException(
            "The region needs more than %d HEALPix pixels; ask for a lower level."
                .formatted(MAX_ENVELOPE_PIXELS));
      }
      pixels[size++] = pixel;
    }

    private void compact() {
      Arrays.sort(pixels, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (kept == 0 || pixels[kept - 1] != pixels[i]) {
          pixels[kept++] = pixels[i];
        }
      }
      size = kept;
      if (size > pixels.length / 2) {
        pixels = Arrays.copyOf(pixels, 2 * pixels.length);
      }
    }

    RangeSet toRangeSet() {
      Arrays.sort(pixels, 0, size);
      return RangeSet.ofSorted(Arrays.copyOf(pixels, size));
    }
  }
}
