package equerry.sphere;

/// A closed interval of angles in radians, empty unless `a <= b` (so also when one is NaN).
public record AngleInterval(double a, double b) {
  static final AngleInterval EMPTY = new AngleInterval(1.0, 0.0);
  static final AngleInterval ALL_LATITUDES = new AngleInterval(-Radians.HALF_PI, Radians.HALF_PI);

  public boolean isEmpty() {
    return !(a <= b);
  }

  /// Whether the angle is in the interval; NaN is in every interval, as the empty set is.
  public boolean contains(double angle) {
    return (a <= angle && angle <= b) || Double.isNaN(angle);
  }

  double center() {
    return 0.5 * (a + b);
  }

  boolean isDisjointFrom(AngleInterval x) {
    return isEmpty() || x.isEmpty() || a > x.b || b < x.a;
  }

  boolean sameAs(AngleInterval x) {
    return (a == x.a && b == x.b) || (isEmpty() && x.isEmpty());
  }

  Relationship relate(AngleInterval x) {
    if (isEmpty()) {
      return x.isEmpty() ? Relationship.ALL : Relationship.DISJOINT_WITHIN;
    }
    if (x.isEmpty()) {
      return Relationship.CONTAINS_DISJOINT;
    }
    if (a == x.a && b == x.b) {
      return Relationship.CONTAINS_WITHIN;
    }
    if (a > x.b || b < x.a) {
      return Relationship.DISJOINT;
    }
    if (a <= x.a && b >= x.b) {
      return Relationship.CONTAINS;
    }
    return x.a <= a && x.b >= b ? Relationship.WITHIN : Relationship.INTERSECTS;
  }

  AngleInterval clippedTo(AngleInterval x) {
    if (x.isEmpty()) {
      return x;
    }
    return isEmpty() ? this : new AngleInterval(Radians.max(a, x.a), Radians.min(b, x.b));
  }

  AngleInterval expandedTo(AngleInterval x) {
    if (isEmpty()) {
      return x;
    }
    return x.isEmpty() ? this : new AngleInterval(Radians.min(a, x.a), Radians.max(b, x.b));
  }

  AngleInterval expandedTo(double angle) {
    if (isEmpty()) {
      return new AngleInterval(angle, angle);
    }
    if (angle < a) {
      return new AngleInterval(angle, b);
    }
    return angle > b ? new AngleInterval(a, angle) : this;
  }

  AngleInterval dilatedBy(double angle) {
    return Double.isNaN(angle) || isEmpty() ? this : new AngleInterval(a - angle, b + angle);
  }
}
