package equerry.sphere;

/// Whether two regions have a point in common, as far as it is known.
public enum Overlap {
  NO,
  UNKNOWN,
  YES;

  /// Whether the regions overlap or may overlap: what a search keeps.
  public boolean isPossible() {
    return this != NO;
  }

  public Overlap or(Overlap other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Overlap and(Overlap other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
