package equerry.api.dimension;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parsed `config:dimensions.json` of a repository, with checked access to its parts.
///
/// All accessors throw [ButlerException.Invalid] (configuration) when a part has the wrong shape.
public final class UniverseConfig {
  private static final String DEFAULT_NAMESPACE = "daf_butler";
  private final Map<String, Object> json;

  UniverseConfig(Map<String, Object> json) {
    this.json = json;
  }

  public int version() {
    return (int) number(json.get("version"), "version");
  }

  public String namespace() {
    Object namespace = json.get("namespace");
    return namespace == null ? DEFAULT_NAMESPACE : text(namespace, "namespace");
  }

  /// The name of the skypix dimension whose overlaps the registry keeps, such as `htm7`.
  public String commonSkypix() {
    return text(skypix().get("common"), "skypix.common");
  }

  /// The skypix systems by name: their `class`, `max_level` and `min_level` entries.
  public Map<String, Map<String, Object>> skypixSystems() {
    Map<String, Map<String, Object>> systems = new TreeMap<>();
    Object nested = skypix().get("systems");
    Map<String, Object> source = nested == null ? skypix() : map(nested, "skypix.systems");
    source.forEach(
        (name, value) -> {
          if (!name.equals("common")) {
            systems.put(name, map(value, "skypix." + name));
          }
        });
    return systems;
  }

  /// The description of each element in the order of the source.
  public Map<String, Object> elements() {
    return map(json.get("elements"), "elements");
  }

  /// The families of one kind (`spatial` or `temporal`), each with its members.
  public Map<String, Object> topology(String kind) {
    Object topology = json.get("topology");
    Object families = topology == null ? null : map(topology, "topology").get(kind);
    return families == null ? Map.of() : map(families, "topology." + kind);
  }

  private Map<String, Object> skypix() {
    return map(json.get("skypix"), "skypix");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value, String where) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw broken(where, "a mapping", value);
  }

  static List<?> list(@Nullable Object value, String where) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw broken(where, "a list", value);
    };
  }

  static String text(@Nullable Object value, String where) {
    if (value instanceof String text) {
      return text;
    }
    throw broken(where, "a string", value);
  }

  static long number(@Nullable Object value, String where) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw broken(where, "a number", value);
  }

  static ButlerException broken(String where, String expected, @Nullable Object found) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "The dimension universe of this repository has "
            + found
            + " at '"
            + where
            + "', where "
            + expected
            + " is expected.");
  }
}
