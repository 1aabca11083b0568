package equerry.direct.create;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A configuration as nested mappings and lists, changed while a repository is planned.
///
/// Mappings are joined key by key, everything else replaces what was there: the rules by which the
/// stock package joins a configuration with its defaults.
final class ConfigTree {
  private final Map<String, @Nullable Object> values;

  ConfigTree() {
    this.values = new LinkedHashMap<>();
  }

  /// A copy of a parsed file.
  ConfigTree(Map<?, ?> source) {
    this.values = copy(source);
  }

  ConfigTree copy() {
    return new ConfigTree(values);
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /// The value at a path of keys; empty where there is none or null.
  Optional<Object> find(String... path) {
    Object at = values;
    for (String key : path) {
      if (!(at instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      at = map.get(key);
    }
    return Optional.ofNullable(at);
  }

  /// The mapping at a path, as a tree of its own; an empty one where there is none.
  ConfigTree section(String... path) {
    return find(path)
        .filter(Map.class::isInstance)
        .map(at -> new ConfigTree((Map<?, ?>) at))
        .orElseGet(ConfigTree::new);
  }

  /// The section of a component. A file that is included as the component may name it again.
  ConfigTree component(String name) {
    ConfigTree section = section(name);
    return section.find(name).isPresent() ? section.section(name) : section;
  }

  /// Sets a value, making the mappings above it.
  void put(Object value, String... path) {
    Map<String, @Nullable Object> at = values;
    for (int i = 0; i < path.length - 1; i++) {
      at = child(at, path[i]);
    }
    at.put(path[path.length - 1], copyValue(value));
  }

  /// Sets a value where none is.
  void putIfAbsent(Object value, String... path) {
    if (find(path).isEmpty()) {
      put(value, path);
    }
  }

  void remove(String... path) {
    Object at = values;
    for (int i = 0; i < path.length - 1; i++) {
      at = at instanceof Map<?, ?> map ? map.get(path[i]) : null;
    }
    if (at instanceof Map<?, ?> map) {
      map.remove(path[path.length - 1]);
    }
  }

  /// Adds another's values, which win.
  void update(ConfigTree other) {
    update(values, other.values);
  }

  /// Adds another's values where there are none.
  void merge(ConfigTree other) {
    ConfigTree joined = other.copy();
    joined.update(this);
    values.clear();
    values.putAll(joined.values);
  }

  private static void update(Map<String, @Nullable Object> into, Map<?, ?> from) {
    from.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (value instanceof Map<?, ?> map && into.get(name) instanceof Map<?, ?>) {
            update(child(into, name), map);
          } else {
            into.put(name, copyValue(value));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> child(
      Map<String, @Nullable Object> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> present) {
      return (Map<String, @Nullable Object>) present;
    }
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    parent.put(key, made);
    return made;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> source) {
    Map<String, @Nullable Object> copied = new LinkedHashMap<>();
    source.forEach((key, value) -> copied.put(String.valueOf(key), copyValue(value)));
    return copied;
  }

  private static @Nullable Object copyValue(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> copy(map);
      case ConfigTree tree -> copy(tree.values);
      case List<?> list -> {
        List<@Nullable Object> copied = new ArrayList<>();
        list.forEach(item -> copied.add(copyValue(item)));
        yield copied;
      }
      case null, default -> value;
    };
  }
}
