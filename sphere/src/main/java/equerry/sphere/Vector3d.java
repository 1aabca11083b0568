package equerry.sphere;

/// A vector of three-dimensional space, of any length.
record Vector3d(double x, double y, double z) {
  static final Vector3d ZERO = new Vector3d(0.0, 0.0, 0.0);

  Vector3d plus(Vector3d v) {
    return new Vector3d(x + v.x, y + v.y, z + v.z);
  }

  Vector3d minus(Vector3d v) {
    return new Vector3d(x - v.x, y - v.y, z - v.z);
  }

  Vector3d times(double s) {
    return new Vector3d(x * s, y * s, z * s);
  }

  Vector3d negated() {
    return new Vector3d(-x, -y, -z);
  }

  double dot(Vector3d v) {
    return x * v.x + y * v.y + z * v.z;
  }

  Vector3d cross(Vector3d v) {
    return new Vector3d(y * v.z - z * v.y, z * v.x - x * v.z, x * v.y - y * v.x);
  }

  /// Twice the cross product of two unit vectors, accurate also for nearly parallel ones.
  Vector3d robustCross(Vector3d v) {
    return v.plus(this).cross(v.minus(this));
  }

  double squaredNorm() {
    return dot(this);
  }

  double norm() {
    return Math.sqrt(squaredNorm());
  }

  boolean isZero() {
    return x == 0.0 && y == 0.0 && z == 0.0;
  }

  /// Equality of numbers: `-0.0` equals `0.0`, NaN equals nothing.
  boolean sameAs(Vector3d v) {
    return x == v.x && y == v.y && z == v.z;
  }

  double squaredChord(Vector3d v) {
    return minus(v).squaredNorm();
  }

  /// The angle to another vector, in `[0, π]`.
  double angleTo(Vector3d v) {
    double s = cross(v).norm();
    double c = dot(v);
    return s == 0.0 && c == 0.0 ? 0.0 : Trigonometry.atan2(s, c);
  }

  /// This vector rotated around a unit vector by Rodrigues' formula.
  Vector3d rotatedAround(Vector3d axis, double angle) {
    double s = Trigonometry.sin(angle);
    double c = Trigonometry.cos(angle);
    return times(c).plus(axis.cross(this).times(s)).plus(axis.times(axis.dot(this) * (1.0 - c)));
  }

  /// The direction of this vector.
  ///
  /// Components are first divided by the largest, which avoids overflow and underflow, and the two
  /// smaller squares are added smallest first.
  ///
  /// @throws DegenerateRegionException if this is the zero vector
  Vector3d normalized() {
    double ax = Math.abs(x);
    double ay = Math.abs(y);
    double az = Math.abs(z);
    int largest;
    if (ax > az) {
      largest = ax > ay ? 0 : 1;
    } else {
      largest = ay > az ? 1 : 2;
    }
    double w = component(largest);
    if (w == 0.0) {
      throw new DegenerateRegionException("the zero vector has no direction");
    }
    double scale = Math.abs(w);
    double u = component(largest == 0 ? 1 : 0) / scale;
    double v = component(largest == 2 ? 1 : 2) / scale;
    double norm = Math.sqrt(1.0 + (u * u + v * v));
    double first = u / norm;
    double second = v / norm;
    double most = Math.copySign(1.0, w) / norm;
    return switch (largest) {
      case 0 -> new Vector3d(most, first, second);
      case 1 -> new Vector3d(first, most, second);
      default -> new Vector3d(first, second, most);
    };
  }

  /// The length of this vector as [#normalized] sees it.
  double scaledNorm() {
    double scale = Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z)));
    double a = x / scale;
    double b = y / scale;
    double c = z / scale;
    double u;
    double v;
    if (Math.abs(a) == 1.0) {
      u = b;
      v = c;
    } else if (Math.abs(b) == 1.0) {
      u = a;
      v = c;
    } else {
      u = a;
      v = b;
    }
    return Math.sqrt(1.0 + (u * u + v * v)) * scale;
  }

  double component(int i) {
    return switch (i) {
      case 0 -> x;
      case 1 -> y;
      default -> z;
    };
  }
}
