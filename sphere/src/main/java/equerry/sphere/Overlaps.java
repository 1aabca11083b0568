package equerry.sphere;

/// How sure each pair of shapes is of its overlap.
///
/// Boxes, circles and polygons are sure of each other, but for boxes with polygons; those and
/// ellipses go by bounding shapes. An intersection is never sure to overlap.
final class Overlaps {
  private Overlaps() {}

  /// Whether the regions overlap. Simple regions ask the second one.
  static Overlap overlaps(Region first, Region second) {
    return switch (first) {
      case CompoundRegion compound -> ofCompound(compound, second);
      case SimpleRegion simple ->
          switch (second) {
            case CompoundRegion compound -> ofCompound(compound, simple);
            case SimpleRegion other -> ofSimple(other, simple);
          };
    };
  }

  private static Overlap ofSimple(SimpleRegion region, SimpleRegion other) {
    return switch (region) {
      case Ellipse ellipse -> Relations.ofEllipse(ellipse, other).overlap();
      case ConvexPolygon polygon -> ofPolygon(polygon, other);
      case Box box -> ofBox(box, other);
      case Circle circle -> ofCircle(circle, other);
    };
  }

  private static Overlap ofPolygon(ConvexPolygon polygon, SimpleRegion other) {
    Relationship relation = Relations.ofPolygon(polygon, other);
    return switch (other) {
      case Ellipse _, Box _ -> relation.overlap();
      case Circle _, ConvexPolygon _ -> relation.exactOverlap();
    };
  }

  private static Overlap ofBox(Box box, SimpleRegion other) {
    return switch (other) {
      case Box second -> box.intersects(second) ? Overlap.YES : Overlap.NO;
      case Circle circle -> BoxCircleRelation.relate(box, circle).exactOverlap();
      case ConvexPolygon polygon -> ofPolygon(polygon, box);
      case Ellipse ellipse -> Relations.ofEllipse(ellipse, box).overlap();
    };
  }

  private static Overlap ofCircle(Circle circle, SimpleRegion other) {
    return switch (other) {
      case Circle second -> circle.isDisjointFrom(second) ? Overlap.NO : Overlap.YES;
      case Box box -> ofBox(box, circle);
      case ConvexPolygon polygon -> ofPolygon(polygon, circle);
      case Ellipse ellipse -> Relations.ofEllipse(ellipse, circle).overlap();
    };
  }

  private static Overlap ofCompound(CompoundRegion compound, Region other) {
    return switch (compound) {
      case UnionRegion union -> ofUnion(union, other);
      case IntersectionRegion intersection -> ofIntersection(intersection, other);
    };
  }

  private static Overlap ofUnion(UnionRegion union, Region other) {
    Overlap result = Overlap.NO;
    for (Region operand : union.operands()) {
      result = result.or(overlaps(operand, other));
      if (result == Overlap.YES) {
        return result;
      }
    }
    return result;
  }

  private static Overlap ofIntersection(IntersectionRegion intersection, Region other) {
    if (intersection.operands().isEmpty()) {
      return other.isEmpty() ? Overlap.NO : Overlap.YES;
    }
    for (Region operand : intersection.operands()) {
      if (overlaps(operand, other) == Overlap.NO) {
        return Overlap.NO;
      }
    }
    return Overlap.UNKNOWN;
  }
}
