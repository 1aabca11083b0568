package equerry.sphere;

/// A pixelization whose pixels are convex and divided into four again and again: the children of
/// pixel `i` are `4i` to `4i + 3` of the next level.
abstract sealed class TreePixelization implements Pixelization
    permits HtmPixelization, Mq3cPixelization, Q3cPixelization {
  private final int level;

  TreePixelization(int level) {
    this.level = level;
  }

  static int checkedLevel(String system, int level, int maxLevel) {
    if (level < 0 || level > maxLevel) {
      throw new IllegalArgumentException(
          "%s levels are 0 to %d; there is no %d.".formatted(system, maxLevel, level));
    }
    return level;
  }

  /// Shows the finder every pixel of level 0, in ascending order.
  abstract void visitRoots(PixelFinder finder);

  /// Shows the finder the four children of a pixel, in ascending order.
  abstract void visitChildren(PixelFinder finder, UnitVector3d[] pixel, long index, int pixelLevel);

  @Override
  public final int level() {
    return level;
  }

  @Override
  public final RangeSet envelope(Region region) {
    return PixelFinder.find(this, region, PixelFinder.Aim.ENVELOPE);
  }

  @Override
  public final RangeSet envelope(Region region, int maxRanges) {
    return PixelFinder.find(this, region, PixelFinder.Aim.ENVELOPE, maxRanges);
  }

  @Override
  public final RangeSet interior(Region region) {
    return PixelFinder.find(this, region, PixelFinder.Aim.INTERIOR);
  }

  @Override
  public final RangeSet interior(Region region, int maxRanges) {
    return PixelFinder.find(this, region, PixelFinder.Aim.INTERIOR, maxRanges);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TreePixelization that
        && getClass() == that.getClass()
        && level == that.level;
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + level;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + level + "]";
  }
}
