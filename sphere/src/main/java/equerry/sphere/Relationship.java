package equerry.sphere;

/// What is known of how one region lies to another: any of disjoint, contains, within.
///
/// A property that is not claimed may still hold: relations of boxes with polygons, and all
/// relations of ellipses, are found from bounding shapes. The bits are those of lsst-sphgeom.
///
/// @param bits the sum of 1 (disjoint), 2 (contains) and 4 (within)
public record Relationship(int bits) {
  static final int DISJOINT_BIT = 1;
  static final int CONTAINS_BIT = 2;
  static final int WITHIN_BIT = 4;

  /// No property is known; the boundaries usually cross.
  public static final Relationship INTERSECTS = new Relationship(0);

  public static final Relationship DISJOINT = new Relationship(DISJOINT_BIT);
  public static final Relationship CONTAINS = new Relationship(CONTAINS_BIT);
  public static final Relationship WITHIN = new Relationship(WITHIN_BIT);

  static final Relationship CONTAINS_WITHIN = new Relationship(CONTAINS_BIT | WITHIN_BIT);
  static final Relationship DISJOINT_WITHIN = new Relationship(DISJOINT_BIT | WITHIN_BIT);
  static final Relationship CONTAINS_DISJOINT = new Relationship(CONTAINS_BIT | DISJOINT_BIT);
  static final Relationship ALL = new Relationship(7);

  public Relationship {
    if (bits < 0 || bits > 7) {
      throw new IllegalArgumentException("A relationship has bits 0 to 7, not " + bits + ".");
    }
  }

  public boolean isDisjoint() {
    return (bits & DISJOINT_BIT) != 0;
  }

  /// Whether the first region contains the second.
  public boolean contains() {
    return (bits & CONTAINS_BIT) != 0;
  }

  /// Whether the first region is within the second.
  public boolean isWithin() {
    return (bits & WITHIN_BIT) != 0;
  }

  /// The relationship of the second region to the first.
  public Relationship inverse() {
    return new Relationship(
        (bits & DISJOINT_BIT) | ((bits & CONTAINS_BIT) << 1) | ((bits & WITHIN_BIT) >> 1));
  }

  Relationship and(Relationship other) {
    return new Relationship(bits & other.bits);
  }

  Relationship or(Relationship other) {
    return new Relationship(bits | other.bits);
  }

  Relationship without(Relationship other) {
    return new Relationship(bits & ~other.bits);
  }

  /// What follows for an overlap when only claimed properties are sure.
  Overlap overlap() {
    if (isDisjoint()) {
      return Overlap.NO;
    }
    return contains() || isWithin() ? Overlap.YES : Overlap.UNKNOWN;
  }

  /// What follows for an overlap when a pair not called disjoint does overlap.
  Overlap exactOverlap() {
    return isDisjoint() ? Overlap.NO : Overlap.YES;
  }
}
