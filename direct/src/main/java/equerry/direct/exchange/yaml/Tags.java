package equerry.direct.exchange.yaml;

import equerry.api.time.Timespan;
import equerry.sphere.Box;
import equerry.sphere.Circle;
import equerry.sphere.ConvexPolygon;
import equerry.sphere.Ellipse;
import equerry.sphere.IntersectionRegion;
import equerry.sphere.Region;
import equerry.sphere.UnionRegion;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags that documents may have, and no others: a tag never names a class of ours.
final class Tags {
  static final String UUID_TAG = "!uuid";
  static final String TIME = "!butler_time/tai/iso";
  static final String TIMESPAN = "!lsst.daf.butler.Timespan";
  static final String EMPTY_TIMESPAN = "EMPTY";
  static final String REGION_PREFIX = "lsst.sphgeom.";
  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final Pattern UUID_TEXT =
      Pattern.compile(
          "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");

  private Tags() {}

  /// @throws IllegalArgumentException saying why the text is no value of the tag
  static @Nullable Object scalar(String tag, String text) {
    return switch (tag) {
      case UUID_TAG -> uuid(text);
      case TIME -> YamlTime.ofIso(text);
      case TIMESPAN -> {
        if (!text.equals(EMPTY_TIMESPAN)) {
          throw new IllegalArgumentException("a timespan is EMPTY, or has begin and end");
        }
        yield Timespan.EMPTY;
      }
      case STANDARD + "str" -> text;
      case STANDARD + "binary" -> Base64.getMimeDecoder().decode(text);
      case STANDARD + "null" -> null;
      case STANDARD + "bool", STANDARD + "int", STANDARD + "float", STANDARD + "timestamp" ->
          PlainScalars.value(text);
      default -> throw unknown(tag);
    };
  }

  private static UUID uuid(String text) {
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("it is no UUID");
    }
    String digits = text.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
  }

  /// @throws IllegalArgumentException saying why the mapping is no value of the tag
  static Object mapping(String tag, Map<String, @Nullable Object> mapping) {
    if (tag.equals(TIMESPAN)) {
      return Timespan.between(bound(mapping, "begin"), bound(mapping, "end"));
    }
    if (tag.startsWith(REGION_PREFIX)) {
      return region(tag, mapping.get("encoded"));
    }
    throw unknown(tag);
  }

  private static @Nullable Long bound(Map<String, @Nullable Object> mapping, String key) {
    Object value = mapping.get(key);
    if (value != null && !(value instanceof YamlTime)) {
      throw new IllegalArgumentException("the " + key + " of a timespan must be a time or null");
    }
    return value instanceof YamlTime time ? (Long) time.nanos() : null;
  }

  private static EncodedRegion region(String tag, @Nullable Object encoded) {
    if (!(encoded instanceof String hex)) {
      throw new IllegalArgumentException("a region must be 'encoded' as a hexadecimal text");
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (!regionTag(Region.decode(bytes)).equals(tag)) {
      throw new IllegalArgumentException("the bytes of a region are not those of a " + shown(tag));
    }
    return new EncodedRegion(bytes);
  }

  /// The tag of a region: the name of its class in lsst-sphgeom.
  static String regionTag(Region region) {
    return REGION_PREFIX
        + switch (region) {
          case Box box -> "Box";
          case Circle circle -> "Circle";
          case ConvexPolygon polygon -> "ConvexPolygon";
          case Ellipse ellipse -> "Ellipse";
          case UnionRegion union -> "UnionRegion";
          case IntersectionRegion intersection -> "IntersectionRegion";
        };
  }

  private static IllegalArgumentException unknown(String tag) {
    return new IllegalArgumentException(
        "the tag "
            + shown(tag)
            + " is not known; those of times, timespans, UUIDs, regions and binary values are");
  }

  static String shown(String tag) {
    return tag.startsWith(STANDARD) ? "!!" + tag.substring(STANDARD.length()) : tag;
  }
}
