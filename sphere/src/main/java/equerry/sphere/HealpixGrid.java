package equerry.sphere;

/// The HEALPix grid of one order in nested numbering.
///
/// After K. M. Górski et al., "HEALPix: A Framework for High-Resolution Discretization and Fast
/// Analysis of Data Distributed on the Sphere", ApJ 622 (2005): twelve square faces, each a grid of
/// `2^order` by `2^order` pixels in Morton order; on a face x grows to the north-east and y to the
/// north-west. Numbers are rounded as in hpgeom, which decides what belongs to a pixel's edge.
record HealpixGrid(int order) {
  static final int FACES = 12;

  private static final double INVERSE_HALF_PI = 0.6366197723675813430755350534900574;
  private static final double TWO_THIRDS = 2.0 / 3.0;

  /// Beyond this |cos θ| the sine of θ is computed apart, to stay accurate near the poles.
  private static final double POLAR = 0.99;

  /// A place on the sphere: the cosine and sine of the colatitude, and the longitude.
  record Place(double z, double sinTheta, double phi) {
    Place(double z, double phi) {
      this(z, Double.NaN, phi);
    }

    double theta() {
      return Double.isNaN(sinTheta) ? Trigonometry.acos(z) : Trigonometry.atan2(sinTheta, z);
    }

    Vector3d vector() {
      double s = Double.isNaN(sinTheta) ? Math.sqrt((1.0 - z) * (1.0 + z)) : sinTheta;
      return new Vector3d(s * Trigonometry.cos(phi), s * Trigonometry.sin(phi), z);
    }
  }

  long side() {
    return 1L << order;
  }

  long pixels() {
    return (long) FACES << 2 * order;
  }

  int face(long pixel) {
    return (int) (pixel >>> 2 * order);
  }

  long x(long pixel) {
    return GridCurve.evenBits(inFace(pixel));
  }

  long y(long pixel) {
    return GridCurve.evenBits(inFace(pixel) >>> 1);
  }

  private long inFace(long pixel) {
    return pixel & ((1L << 2 * order) - 1);
  }

  long pixel(int face, long x, long y) {
    return ((long) face << 2 * order) + GridCurve.morton(x, y);
  }

  /// In which ring of pixels, in units of a face's side from the north pole, the face's south
  /// corner lies.
  private static int ringOf(int face) {
    return face / 4 + 2;
  }

  /// The longitude of the face's middle in units of π/4.
  private static int longitudeOf(int face) {
    return face / 4 == 1 ? 2 * (face % 4) : 2 * (face % 4) + 1;
  }

  /// The cosine of the colatitude to the pole for ring `n` of a polar cap is `1 − n²·4/pixels`.
  private double capFactor() {
    return 4.0 / pixels();
  }

  private double equatorFactor() {
    return (side() << 1) * capFactor();
  }

  /// The center of a pixel.
  Place center(long pixel) {
    int face = face(pixel);
    long x = x(pixel);
    long y = y(pixel);
    long ring = ((long) ringOf(face) << order) - x - y - 1;
    if (ring < side()) {
      return place(polar(ring * ring * capFactor()), phi(face, x, y, ring));
    }
    if (ring > 3 * side()) {
      long fromSouth = 4 * side() - ring;
      Place north = polar(fromSouth * fromSouth * capFactor());
      return place(mirrored(north), phi(face, x, y, fromSouth));
    }
    double z = (2 * side() - ring) * equatorFactor();
    return new Place(z, phi(face, x, y, side()));
  }

  private double phi(int face, long x, long y, long ring) {
    long step = longitudeOf(face) * ring + x - y;
    if (step < 0) {
      step += 8 * ring;
    }
    return ring == side()
        ? 0.75 * Radians.HALF_PI * step * equatorFactor()
        : 0.5 * Radians.HALF_PI * step / ring;
  }

  private static Place place(Place colatitude, double phi) {
    return new Place(colatitude.z, colatitude.sinTheta, phi);
  }

  private static Place mirrored(Place north) {
    return new Place(-north.z, north.sinTheta, north.phi);
  }

  /// The place with `z = 1 − t`.
  private static Place polar(double t) {
    double z = 1.0 - t;
    return z > POLAR ? new Place(z, Math.sqrt(t * (2.0 - t)), 0.0) : new Place(z, 0.0);
  }

  /// Points on the boundary of a pixel, `steps` on each side, counter-clockwise from its north
  /// corner.
  Place[] boundary(long pixel, int steps) {
    int face = face(pixel);
    double half = 0.5 / side();
    double x = (x(pixel) + 0.5) / side();
    double y = (y(pixel) + 0.5) / side();
    double step = 1.0 / (steps * side());
    Place[] result = new Place[4 * steps];
    for (int i = 0; i < steps; i++) {
      result[i] = onFace(face, x + half - i * step, y + half);
      result[i + steps] = onFace(face, x - half, y + half - i * step);
      result[i + 2 * steps] = onFace(face, x - half + i * step, y - half);
      result[i + 3 * steps] = onFace(face, x + half, y - half + i * step);
    }
    return result;
  }

  /// The place at coordinates in `[0, 1]` of a face.
  private static Place onFace(int face, double x, double y) {
    double ring = ringOf(face) - x - y;
    if (ring < 1) {
      return place(polar(ring * ring / 3.0), phiOnFace(face, x, y, ring));
    }
    if (ring > 3) {
      double fromSouth = 4 - ring;
      Place north = polar(fromSouth * fromSouth / 3.0);
      return place(mirrored(north), phiOnFace(face, x, y, fromSouth));
    }
    return new Place((2 - ring) * 2.0 / 3.0, phiOnFace(face, x, y, 1));
  }

  private static double phiOnFace(int face, double x, double y, double ring) {
    double step = longitudeOf(face) * ring + x - y;
    if (step < 0) {
      step += 8;
    }
    if (step >= 8) {
      step -= 8;
    }
    return ring < 1e-15 ? 0.0 : 0.5 * Radians.HALF_PI * step / ring;
  }

  /// The pixel of a vector.
  long pixelOf(Vector3d v) {
    double scale = 1.0 / v.norm();
    double phi = v.x() == 0.0 && v.y() == 0.0 ? 0.0 : Trigonometry.atan2(v.y(), v.x());
    double z = v.z() * scale;
    return Math.abs(z) > POLAR
        ? pixelOf(z, phi, Math.sqrt(v.x() * v.x() + v.y() * v.y()) * scale)
        : pixelOf(z, phi, Double.NaN);
  }

  /// The pixel at a colatitude and longitude.
  long pixelOfAngles(double theta, double phi) {
    double z = Trigonometry.cos(theta);
    return theta < 0.01 || theta > 3.14159 - 0.01
        ? pixelOf(z, phi, Trigonometry.sin(theta))
        : pixelOf(z, phi, Double.NaN);
  }

  private long pixelOf(double z, double phi, double sinTheta) {
    double turn = modulo(phi * INVERSE_HALF_PI, 4.0);
    return Math.abs(z) <= TWO_THIRDS ? equatorialPixel(z, turn) : polarPixel(z, turn, sinTheta);
  }

  private long equatorialPixel(double z, double turn) {
    double rising = side() * (0.5 + turn);
    double slope = side() * (z * 0.75);
    long up = (long) (rising - slope);
    long down = (long) (rising + slope);
    int faceUp = (int) (up >> order);
    int faceDown = (int) (down >> order);
    int face;
    if (faceUp == faceDown) {
      face = faceUp | 4;
    } else {
      face = faceUp < faceDown ? faceUp : faceDown + 8;
    }
    return pixel(face, down & (side() - 1), side() - (up & (side() - 1)) - 1);
  }

  private long polarPixel(double z, double turn, double sinTheta) {
    double za = Math.abs(z);
    int quarter = Math.min((int) turn, 3);
    double part = turn - quarter;
    double ring =
        za < POLAR || Double.isNaN(sinTheta)
            ? side() * Math.sqrt(3 * (1 - za))
            : side() * sinTheta / Math.sqrt((1.0 + za) / 3.0);
    long up = Math.min((long) (part * ring), side() - 1);
    long down = Math.min((long) ((1.0 - part) * ring), side() - 1);
    return z >= 0
        ? pixel(quarter, side() - down - 1, side() - up - 1)
        : pixel(quarter + 8, up, down);
  }

  /// The remainder in `[0, modulus)`.
  static double modulo(double value, double modulus) {
    if (value >= 0) {
      return value < modulus ? value : value % modulus;
    }
    double rest = value % modulus + modulus;
    return rest == modulus ? 0.0 : rest;
  }

  /// The largest angle between a pixel's center and its corners.
  double maxPixelRadius() {
    Vector3d a = new Place(TWO_THIRDS, Math.PI / (4.0 * side())).vector();
    double t = 1.0 - 1.0 / side();
    double z = 1.0 - t * t / 3.0;
    Vector3d b = new Vector3d(Math.sqrt((1.0 - z) * (1.0 + z)), 0.0, z);
    return Trigonometry.atan2(a.cross(b).norm(), a.dot(b));
  }
}
