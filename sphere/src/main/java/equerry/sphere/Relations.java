package equerry.sphere;

/// Which computation relates each pair of shapes, and in which order of operands: where a relation
/// goes by bounding shapes, the answer depends on it.
final class Relations {
  private Relations() {}

  /// The relationship of the first region to the second. Simple regions ask the second one.
  static Relationship relate(Region first, Region second) {
    return switch (first) {
      case CompoundRegion compound -> ofCompound(compound, second);
      case SimpleRegion simple ->
          switch (second) {
            case CompoundRegion compound -> ofCompound(compound, simple).inverse();
            case SimpleRegion other -> ofSimple(other, simple).inverse();
          };
    };
  }

  private static Relationship ofSimple(SimpleRegion region, SimpleRegion other) {
    return switch (region) {
      case Box box -> ofBox(box, other);
      case Circle circle -> ofCircle(circle, other);
      case ConvexPolygon polygon -> ofPolygon(polygon, other);
      case Ellipse ellipse -> ofEllipse(ellipse, other);
    };
  }

  private static Relationship ofBox(Box box, SimpleRegion other) {
    return switch (other) {
      case Box second -> box.relate(second);
      case Circle circle -> BoxCircleRelation.relate(box, circle);
      case ConvexPolygon polygon -> ofPolygon(polygon, box).inverse();
      case Ellipse ellipse -> ofEllipse(ellipse, box).inverse();
    };
  }

  private static Relationship ofCircle(Circle circle, SimpleRegion other) {
    return switch (other) {
      case Box box -> BoxCircleRelation.relate(box, circle).inverse();
      case Circle second -> circle.relate(second);
      case ConvexPolygon polygon -> ofPolygon(polygon, circle).inverse();
      case Ellipse ellipse -> ofEllipse(ellipse, circle).inverse();
    };
  }

  static Relationship ofPolygon(ConvexPolygon polygon, SimpleRegion other) {
    UnitVector3d[] vertices = polygon.corners();
    return switch (other) {
      case Box box -> PolygonGeometry.relate(vertices, box);
      case Circle circle -> PolygonGeometry.relate(vertices, circle);
      case ConvexPolygon second -> PolygonGeometry.relate(vertices, second.corners());
      case Ellipse ellipse ->
          PolygonGeometry.relate(vertices, ellipse.boundingCircle())
              .and(Relationship.CONTAINS_DISJOINT);
    };
  }

  static Relationship ofEllipse(Ellipse ellipse, SimpleRegion other) {
    Circle bounds = ellipse.boundingCircle();
    return switch (other) {
      case Ellipse second -> bounds.relate(second.boundingCircle()).and(Relationship.DISJOINT);
      case Box _, Circle _, ConvexPolygon _ ->
          ofCircle(bounds, other).and(Relationship.DISJOINT_WITHIN);
    };
  }

  private static Relationship ofCompound(CompoundRegion compound, Region other) {
    return switch (compound) {
      case UnionRegion union -> ofUnion(union, other);
      case IntersectionRegion intersection -> ofIntersection(intersection, other);
    };
  }

  /// A union is disjoint or within if all operands are, and contains if any does.
  private static Relationship ofUnion(UnionRegion union, Region other) {
    if (union.operands().isEmpty()) {
      return Relationship.DISJOINT;
    }
    Relationship result = Relationship.DISJOINT_WITHIN;
    for (Region operand : union.operands()) {
      Relationship each = relate(operand, other);
      result = each.or(Relationship.CONTAINS).and(result).or(each.and(Relationship.CONTAINS));
      if (result.equals(Relationship.CONTAINS)) {
        return result;
      }
    }
    return result;
  }

  /// An intersection contains if all operands do, and is disjoint or within if any is.
  private static Relationship ofIntersection(IntersectionRegion intersection, Region other) {
    Relationship result = Relationship.CONTAINS;
    for (Region operand : intersection.operands()) {
      Relationship each = relate(operand, other);
      result =
          each.or(Relationship.DISJOINT_WITHIN)
              .and(result)
              .or(each.and(Relationship.DISJOINT_WITHIN));
      if (result.equals(Relationship.DISJOINT_WITHIN)) {
        return result;
      }
    }
    return result;
  }
}
