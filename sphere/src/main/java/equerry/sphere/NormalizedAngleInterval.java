package equerry.sphere;

/// A closed interval of longitudes, from `a` counter-clockwise to `b`, both in `[0, 2π]` radians. It
/// wraps past 2π if `a > b`, and is empty if an end is NaN.
public record NormalizedAngleInterval(double a, double b) {
  static final NormalizedAngleInterval EMPTY = new NormalizedAngleInterval(Double.NaN, Double.NaN);
  static final NormalizedAngleInterval FULL = new NormalizedAngleInterval(0.0, Radians.TWO_PI);

  public NormalizedAngleInterval {
    a = Radians.normalized(a);
    b = Radians.normalized(b);
  }

  /// The interval between two angles. If either is outside `[0, 2π]` they must be in order, and an
  /// interval of a full turn or more is all longitudes.
  ///
  /// @throws DegenerateRegionException if angles outside `[0, 2π]` are out of order
  public static NormalizedAngleInterval between(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return EMPTY;
    }
    if (!Radians.isNormalized(a) || !Radians.isNormalized(b)) {
      if (a > b) {
        throw new DegenerateRegionException("invalid NormalizedAngleInterval endpoints");
      }
      if (b - a >= Radians.TWO_PI) {
        return FULL;
      }
    }
    return new NormalizedAngleInterval(a, b);
  }

  public boolean isEmpty() {
    return Double.isNaN(a) || Double.isNaN(b);
  }

  public boolean isFull() {
    return a == 0.0 && b == Radians.TWO_PI;
  }

  public boolean wraps() {
    return a > b;
  }

  /// Whether the longitude is in the interval; NaN is in every interval, as the empty set is.
  public boolean contains(double lon) {
    if (Double.isNaN(lon)) {
      return true;
    }
    return wraps() ? (lon <= b || a <= lon) : (a <= lon && lon <= b);
  }

  public double size() {
    return Radians.turn(a, b);
  }

  double center() {
    double c = 0.5 * (a + b);
    if (a <= b) {
      return c;
    }
    return c < Math.PI ? c + Math.PI : c - Math.PI;
  }

  boolean isDisjointFrom(NormalizedAngleInterval x) {
    if (x.isEmpty() || isEmpty()) {
      return true;
    }
    if (x.wraps()) {
      return !wraps() && x.a > b && x.b < a;
    }
    if (wraps()) {
      return a > x.b && b < x.a;
    }
    return x.b < a || x.a > b;
  }

  Relationship relate(NormalizedAngleInterval x) {
    if (isEmpty()) {
      return x.isEmpty() ? Relationship.ALL : Relationship.DISJOINT_WITHIN;
    }
    if (x.isEmpty()) {
      return Relationship.CONTAINS_DISJOINT;
    }
    if (a == x.a && b == x.b) {
      return Relationship.CONTAINS_WITHIN;
    }
    if (wraps() == x.wraps()) {
      return relateLike(x);
    }
    return wraps() ? relateWrapped(x) : x.relateWrapped(this).inverse();
  }

  private Relationship relateLike(NormalizedAngleInterval x) {
    if (a <= x.a && b >= x.b) {
      return Relationship.CONTAINS;
    }
    if (a >= x.a && b <= x.b) {
      return Relationship.WITHIN;
    }
    return wraps() || (a <= x.b && b >= x.a) ? Relationship.INTERSECTS : Relationship.DISJOINT;
  }

  /// This interval wraps and `x` does not.
  private Relationship relateWrapped(NormalizedAngleInterval x) {
    if (x.isFull()) {
      return Relationship.WITHIN;
    }
    if (a <= x.a || b >= x.b) {
      return Relationship.CONTAINS;
    }
    return a > x.b && b < x.a ? Relationship.DISJOINT : Relationship.INTERSECTS;
  }

  /// An interval around the common part; the smaller operand if that part is in two pieces.
  NormalizedAngleInterval clippedTo(NormalizedAngleInterval x) {
    if (x.isEmpty()) {
      return EMPTY;
    }
    if (contains(x.a)) {
      if (contains(x.b)) {
        return size() >= x.size() ? x : this;
      }
      return new NormalizedAngleInterval(x.a, b);
    }
    if (contains(x.b)) {
      return new NormalizedAngleInterval(a, x.b);
    }
    return !isEmpty() && x.contains(a) ? this : EMPTY;
  }

  /// The smallest interval that holds both.
  NormalizedAngleInterval expandedTo(NormalizedAngleInterval x) {
    if (x.isEmpty()) {
      return this;
    }
    if (contains(x.a)) {
      if (contains(x.b)) {
        return wraps() == x.wraps() ? this : FULL;
      }
      return new NormalizedAngleInterval(a, x.b);
    }
    if (contains(x.b)) {
      return new NormalizedAngleInterval(x.a, b);
    }
    if (isEmpty() || x.contains(a)) {
      return x;
    }
    return Radians.turn(b, x.a) < Radians.turn(x.b, a)
        ? new NormalizedAngleInterval(a, x.b)
        : new NormalizedAngleInterval(x.a, b);
  }

  /// The interval grown on both sides, or shrunk if the angle is negative.
  NormalizedAngleInterval dilatedBy(double angle) {
    if (isEmpty() || isFull() || angle == 0.0 || Double.isNaN(angle)) {
      return this;
    }
    return angle > 0.0 ? grown(angle) : shrunk(angle);
  }

  private NormalizedAngleInterval grown(double angle) {
    double start = a - angle;
    double end = b + angle;
    if (angle >= Math.PI) {
      return FULL;
    }
    if (wraps()) {
      return start <= end ? FULL : between(start, end);
    }
    if (start < 0.0) {
      start += Radians.TWO_PI;
      if (start <= end) {
        return FULL;
      }
    }
    if (end > Radians.TWO_PI) {
      end -= Radians.TWO_PI;
      if (start <= end) {
        return FULL;
      }
    }
    return between(start, end);
  }

  private NormalizedAngleInterval shrunk(double angle) {
    double start = a - angle;
    double end = b + angle;
    if (angle <= -Math.PI) {
      return EMPTY;
    }
    if (!wraps()) {
      return start > end ? EMPTY : between(start, end);
    }
    if (start > Radians.TWO_PI) {
      start -= Radians.TWO_PI;
      if (start > end) {
        return EMPTY;
      }
    }
    if (end < 0.0) {
      end += Radians.TWO_PI;
      if (start > end) {
        return EMPTY;
      }
    }
    return between(start, end);
  }
}
