package equerry.sphere;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Regions as text of the parameter POS, section 2.1.1 of IVOA SIAv2
/// (https://ivoa.net/documents/SIA/20151223/): shape and degrees, separated by blanks.
final class IvoaPos {
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private IvoaPos() {}

  static Region parse(String text) {
    List<String> words = new ArrayList<>(List.of(BLANKS.split(text.strip())));
    String shape = words.removeFirst();
    double[] numbers = words.stream().mapToDouble(word -> number(word, text)).toArray();
    return switch (shape) {
      case "CIRCLE" -> circle(numbers, text);
      case "RANGE" -> range(numbers, text);
      case "POLYGON" -> polygon(numbers, text);
      default -> throw new RegionFormatException("Unrecognized shape in POS string '" + text + "'");
    };
  }

  private static double number(String word, String text) {
    if (NUMBER.matcher(word).matches()) {
      return Double.parseDouble(word);
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan" -> Double.NaN;
      default ->
          throw new RegionFormatException(
              "'" + word + "' is no number in POS string '" + text + "'");
    };
  }

  private static Region circle(double[] numbers, String text) {
    requireCount("CIRCLE", 3, numbers, text);
    LonLat center = LonLat.ofDegrees(numbers[0], numbers[1]);
    return Circle.of(UnitVector3d.of(center), Radians.ofDegrees(numbers[2]));
  }

  private static Region range(double[] numbers, String text) {
    requireCount("RANGE", 4, numbers, text);
    return Box.of(
        LonLat.ofDegrees(finite(numbers[0], 0.0, 360.0), finite(numbers[2], -90.0, 90.0)),
        LonLat.ofDegrees(finite(numbers[1], 0.0, 360.0), finite(numbers[3], -90.0, 90.0)));
  }

  private static Region polygon(double[] numbers, String text) {
    if (numbers.length % 2 != 0) {
      throw new RegionFormatException(
          "POLYGON requires even number of floats but got %d in '%s'."
              .formatted(numbers.length, text));
    }
    if (numbers.length < 6) {
      throw new RegionFormatException(
          "POLYGON specification requires at least 3 coordinates, got %d in '%s'"
              .formatted(numbers.length / 2, text));
    }
    List<UnitVector3d> vertices = new ArrayList<>(numbers.length / 2);
    for (int i = 0; i < numbers.length; i += 2) {
      vertices.add(UnitVector3d.of(LonLat.ofDegrees(numbers[i], numbers[i + 1])));
    }
    return ConvexPolygon.hullOf(vertices);
  }

  private static void requireCount(String shape, int count, double[] numbers, String text) {
    if (numbers.length != count) {
      throw new RegionFormatException(
          "%s requires %d numbers but got %d in '%s'."
              .formatted(shape, count, numbers.length, text));
    }
  }

  private static double finite(double value, double least, double most) {
    if (!Double.isInfinite(value)) {
      return value;
    }
    return value > 0.0 ? most : least;
  }

  static String format(Region region) {
    return switch (region) {
      case Circle circle ->
          "CIRCLE " + point(circle.center()) + " " + degrees(circle.openingAngle());
      case Box(NormalizedAngleInterval lon, AngleInterval lat) ->
          "RANGE %s %s %s %s"
              .formatted(degrees(lon.a()), degrees(lon.b()), degrees(lat.a()), degrees(lat.b()));
      case ConvexPolygon polygon ->
          "POLYGON "
              + Arrays.stream(polygon.corners())
                  .map(IvoaPos::point)
                  .collect(Collectors.joining(" "));
      case Ellipse _, CompoundRegion _ ->
          throw new UnsupportedOperationException(
              "This region can not be converted to an IVOA POS string.");
    };
  }

  private static String point(UnitVector3d vector) {
    LonLat point = LonLat.of(vector);
    return degrees(point.lon()) + " " + degrees(point.lat());
  }

  private static String degrees(double radians) {
    return PythonFloat.repr(Radians.toDegrees(radians));
  }
}
