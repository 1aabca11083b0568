package equerry.sphere;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The regions of [SphereBenchmark], all over the sky by formulas that `benchmark.py` repeats: place
/// `n` has a patch, a visit and, a step further north for every place but each eighth, one of the
/// visit's detectors, a search circle and a point. About half of the detectors meet their patch.
final class BenchmarkRegions {
  static final int COUNT = 64;

  private static final double PATCH_DEGREES = 0.18;
  private static final double DETECTOR_DEGREES = 0.23;
  private static final double CIRCLE_DEGREES = 0.05;
  private static final double VISIT_DEGREES = 1.75;
  private static final int VISIT_VERTICES = 24;
  private static final double GOLDEN_ANGLE_DEGREES = 137.50776405003785;
  private static final double STEP_DEGREES = 0.05;

  final Region[] patches = regions(n -> square(place(n), PATCH_DEGREES));
  final Region[] detectors = regions(n -> square(shifted(n), DETECTOR_DEGREES));
  final Region[] visits = regions(n -> round(place(n)));
  final Region[] circles = regions(BenchmarkRegions::circle);
  final UnitVector3d[] points =
      IntStream.range(0, COUNT)
          .mapToObj(n -> UnitVector3d.of(shifted(n)))
          .toArray(UnitVector3d[]::new);
  final byte[][] encodedDetectors =
      IntStream.range(0, COUNT).mapToObj(n -> detectors[n].encode()).toArray(byte[][]::new);
  final String[] positions =
      IntStream.range(0, COUNT)
          .mapToObj(n -> position(corners(shifted(n), DETECTOR_DEGREES)))
          .toArray(String[]::new);

  private static Region[] regions(IntFunction<Region> at) {
    return IntStream.range(0, COUNT).mapToObj(at).toArray(Region[]::new);
  }

  private static LonLat place(int n) {
    double lat = Math.toDegrees(Math.asin(1.0 - (2.0 * n + 1.0) / COUNT));
    return LonLat.ofDegrees(GOLDEN_ANGLE_DEGREES * n % 360.0, lat);
  }

  private static LonLat shifted(int n) {
    LonLat place = place(n);
    return LonLat.ofDegrees(place.lonDegrees(), place.latDegrees() + STEP_DEGREES * (n % 8));
  }

  private static Region circle(int n) {
    return Circle.of(UnitVector3d.of(shifted(n)), Math.toRadians(CIRCLE_DEGREES));
  }

  private static Region square(LonLat center, double side) {
    return ConvexPolygon.hullOf(corners(center, side).stream().map(UnitVector3d::of).toList());
  }

  private static List<LonLat> corners(LonLat center, double side) {
    return List.of(
        near(center, -side / 2.0, -side / 2.0),
        near(center, side / 2.0, -side / 2.0),
        near(center, side / 2.0, side / 2.0),
        near(center, -side / 2.0, side / 2.0));
  }

  private static Region round(LonLat center) {
    return ConvexPolygon.hullOf(
        IntStream.range(0, VISIT_VERTICES)
            .mapToDouble(k -> 2.0 * Math.PI * k / VISIT_VERTICES)
            .mapToObj(a -> near(center, VISIT_DEGREES * Math.cos(a), VISIT_DEGREES * Math.sin(a)))
            .map(UnitVector3d::of)
            .toList());
  }

  private static LonLat near(LonLat center, double east, double north) {
    double lon = center.lonDegrees() + east / Math.cos(center.lat());
    return LonLat.ofDegrees((lon + 360.0) % 360.0, center.latDegrees() + north);
  }

  private static String position(List<LonLat> corners) {
    StringBuilder text = new StringBuilder("POLYGON");
    for (LonLat corner : corners) {
      text.append(
          String.format(Locale.ROOT, " %.6f %.6f", corner.lonDegrees(), corner.latDegrees()));
    }
    return text.toString();
  }
}
