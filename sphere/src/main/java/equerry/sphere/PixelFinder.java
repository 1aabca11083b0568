package equerry.sphere;

/// Finds pixels by walking a tree of convex pixels from its roots, leaving out what is disjoint from
/// the region and not descending into what is within it.
final class PixelFinder {
  /// Which pixels to find.
  enum Aim {
    ENVELOPE,
    INTERIOR
  }

  private interface Target {
    Relationship relate(UnitVector3d[] pixel);
  }

  private final TreePixelization tree;
  private final Target target;
  private final Aim aim;
  private final int maxRanges;
  private final RangeSet.Builder found = new RangeSet.Builder();
  private int level;

  private PixelFinder(TreePixelization tree, Target target, Aim aim, int maxRanges) {
    this.tree = tree;
    this.target = target;
    this.aim = aim;
    this.maxRanges = maxRanges;
    this.level = tree.level();
  }

  static RangeSet find(TreePixelization tree, Region region, Aim aim) {
    return search(tree, region, aim, Integer.MAX_VALUE);
  }

  static RangeSet find(TreePixelization tree, Region region, Aim aim, int maxRanges) {
    if (maxRanges < 1) {
      throw new IllegalArgumentException("At least one range must be allowed, not " + maxRanges);
    }
    return search(tree, region, aim, maxRanges);
  }

  private static RangeSet search(TreePixelization tree, Region region, Aim aim, int maxRanges) {
    return switch (region) {
      case Circle circle ->
          walk(tree, pixel -> PolygonGeometry.relate(pixel, circle), aim, maxRanges);
      case Ellipse ellipse -> search(tree, ellipse.boundingCircle(), aim, maxRanges);
      case Box box -> walk(tree, pixel -> PolygonGeometry.relate(pixel, box), aim, maxRanges);
      case ConvexPolygon polygon -> {
        UnitVector3d[] corners = polygon.corners();
        yield walk(tree, pixel -> PolygonGeometry.relate(pixel, corners), aim, maxRanges);
      }
      case UnionRegion union -> {
        RangeSet result = RangeSet.EMPTY;
        for (Region operand : union.operands()) {
          result = result.union(search(tree, operand, aim, maxRanges));
        }
        yield result;
      }
      case IntersectionRegion intersection -> {
        RangeSet result = tree.universe();
        for (Region operand : intersection.operands()) {
          result = result.intersection(search(tree, operand, aim, maxRanges));
        }
        yield result;
      }
    };
  }

  private static RangeSet walk(TreePixelization tree, Target target, Aim aim, int maxRanges) {
    PixelFinder finder = new PixelFinder(tree, target, aim, maxRanges);
    tree.visitRoots(finder);
    return finder.found.build();
  }

  void visit(UnitVector3d[] pixel, long index, int pixelLevel) {
    if (pixelLevel > level) {
      return;
    }
    Relationship relation = target.relate(pixel);
    if (relation.isDisjoint()) {
      return;
    }
    if (relation.isWithin()) {
      insert(index, pixelLevel);
    } else if (pixelLevel < level) {
      tree.visitChildren(this, pixel, index, pixelLevel);
    } else if (aim == Aim.ENVELOPE) {
      insert(index, pixelLevel);
    }
  }

  /// Adds a pixel; while there are too many ranges, makes them coarser by one level and stops
  /// descending to the level that was given up.
  private void insert(long index, int pixelLevel) {
    int shift = 2 * (tree.level() - pixelLevel);
    found.append(index << shift, ((index + 1) << shift) - 1);
    while (found.size() > maxRanges) {
      level--;
      shift += 2;
      RangeSet coarser =
          switch (aim) {
            case ENVELOPE -> found.build().simplified(shift);
            case INTERIOR -> found.build().complement().simplified(shift).complement();
          };
      found.replaceWith(coarser);
    }
  }
}
