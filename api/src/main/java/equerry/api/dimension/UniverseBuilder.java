package equerry.api.dimension;

import static equerry.api.dimension.UniverseConfig.broken;
import static equerry.api.dimension.UniverseConfig.list;
import static equerry.api.dimension.UniverseConfig.map;
import static equerry.api.dimension.UniverseConfig.number;
import static equerry.api.dimension.UniverseConfig.text;

import equerry.api.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds a universe from its description.
///
/// Order of elements: in repeated passes, every element whose dependencies were placed in an earlier
/// pass is placed, by name; skypix systems take part under their system's name and bring their
/// levels. (Observed on the stock package; data IDs and columns follow this order.)
final class UniverseBuilder {
  private static final String VIEW_OF = "view_of";
  private final UniverseConfig config;
  private final SequencedMap<String, DimensionElement> built = new LinkedHashMap<>();
  private final Map<String, Topology> spatial = new HashMap<>();
  private final Map<String, Topology> temporal = new HashMap<>();

  UniverseBuilder(UniverseConfig config) {
    this.config = config;
  }

  DimensionUniverse build() {
    readTopology(Topology.Space.SPATIAL, spatial);
    readTopology(Topology.Space.TEMPORAL, temporal);
    TreeSet<String> waiting = new TreeSet<>(config.elements().keySet());
    waiting.addAll(config.skypixSystems().keySet());
    while (!waiting.isEmpty()) {
      List<String> ready = waiting.stream().filter(this::dependenciesPlaced).toList();
      if (ready.isEmpty()) {
        throw broken("elements", "elements without a cycle", waiting);
      }
      ready.forEach(this::place);
      ready.forEach(waiting::remove);
    }
    return new DimensionUniverse(config, List.copyOf(built.values()));
  }

  private void readTopology(Topology.Space space, Map<String, Topology> byMember) {
    String kind = space.name().toLowerCase(Locale.ROOT);
    config
        .topology(kind)
        .forEach(
            (family, members) -> {
              List<String> names =
                  list(members, kind).stream()
                      .map(name -> text(name, kind + "." + family))
                      .toList();
              Topology topology = new Topology(space, family, names);
              names.forEach(name -> byMember.put(name, topology));
            });
  }

  private boolean dependenciesPlaced(String name) {
    if (config.skypixSystems().containsKey(name)) {
      return true;
    }
    return Stream.concat(names(name, "requires"), names(name, "implies"))
        .allMatch(built::containsKey);
  }

  private Stream<String> names(String element, String key) {
    String where = "elements." + element + "." + key;
    return list(description(element).get(key), where).stream().map(value -> text(value, where));
  }

  private Map<String, Object> description(String element) {
    return map(config.elements().get(element), "elements." + element);
  }

  private void place(String name) {
    Map<String, Object> system = config.skypixSystems().get(name);
    if (system == null) {
      built.put(name, element(name));
    } else {
      placeSkypix(name, system);
    }
  }

  private void placeSkypix(String system, Map<String, Object> settings) {
    long min = number(settings.getOrDefault("min_level", 1), "skypix." + system + ".min_level");
    long max = number(settings.get("max_level"), "skypix." + system + ".max_level");
    List<String> members = new ArrayList<>();
    for (long level = max; level >= min; level--) {
      members.add(system + level);
    }
    Topology family = new Topology(Topology.Space.SPATIAL, system, members);
    for (int level = (int) min; level <= max; level++) {
      DimensionElement.Skypix skypix = new DimensionElement.Skypix(system, level);
      built.put(
          system + level,
          new DimensionElement(
              system + level,
              List.of(new Column("id", ColumnType.INT, 0, false)),
              List.of(),
              List.of(),
              List.of(),
              new DimensionElement.Traits(false, false, false, null, family, null, skypix)));
    }
  }

  private DimensionElement element(String name) {
    Map<String, Object> description = description(name);
    TreeSet<String> required = new TreeSet<>(this::compare);
    names(name, "requires").forEach(n -> required.addAll(placed(n).required()));
    TreeSet<String> implied = new TreeSet<>(this::compare);
    names(name, "implies").forEach(implied::add);
    Storage storage = storage(name, description);
    DimensionElement.Traits traits =
        new DimensionElement.Traits(
            Boolean.TRUE.equals(description.get("governor")) || storage.governor(),
            storage.cached(),
            Boolean.TRUE.equals(description.get("always_join")),
            storage.impliedUnionTarget(),
            spatial.get(name),
            temporal.get(name),
            null);
    return new DimensionElement(
        name,
        columns(name, "keys"),
        columns(name, "metadata"),
        required.stream().map(this::placed).toList(),
        implied.stream().map(this::placed).toList(),
        traits);
  }

  private DimensionElement placed(String name) {
    DimensionElement element = built.get(name);
    if (element == null) {
      throw broken("elements", "a known dimension", name);
    }
    return element;
  }

  private int compare(String a, String b) {
    List<String> order = List.copyOf(built.keySet());
    return Integer.compare(order.indexOf(a), order.indexOf(b));
  }

  private List<Column> columns(String element, String key) {
    String where = "elements." + element + "." + key;
    return list(description(element).get(key), where).stream()
        .map(entry -> column(map(entry, where), where))
        .toList();
  }

  private static Column column(Map<String, Object> entry, String where) {
    String type = text(entry.get("type"), where + ".type");
    ColumnType columnType =
        Stream.of(ColumnType.values())
            .filter(candidate -> candidate.label().equals(type))
            .findFirst()
            .orElseThrow(() -> broken(where + ".type", "a known column type", type));
    Object size = entry.get(columnType == ColumnType.HASH ? "nbytes" : "length");
    return new Column(
        text(entry.get("name"), where + ".name"),
        columnType,
        size == null ? 0 : (int) number(size, where),
        !Boolean.FALSE.equals(entry.get("nullable")));
  }

  /// How records are kept, from the present keys or from the class names of older universes.
  private record Storage(boolean governor, boolean cached, @Nullable String impliedUnionTarget) {}

  private static Storage storage(String name, Map<String, Object> description) {
    Object target = description.get("implied_union_target");
    boolean cached = Boolean.TRUE.equals(description.get("is_cached"));
    Object legacy = description.get("storage");
    if (legacy == null) {
      return new Storage(false, cached, target == null ? null : text(target, name));
    }
    String where = "elements." + name + ".storage";
    Map<String, Object> storage = map(legacy, where);
    String className = text(storage.get("cls"), where + ".cls");
    boolean governor = className.endsWith("GovernorDimensionRecordStorage");
    boolean caching = className.endsWith("CachingDimensionRecordStorage");
    Object nested = storage.get("nested");
    Object viewOf = nested == null ? storage.get(VIEW_OF) : map(nested, where).get(VIEW_OF);
    return new Storage(
        governor, cached || governor || caching, viewOf == null ? null : text(viewOf, where));
  }
}
