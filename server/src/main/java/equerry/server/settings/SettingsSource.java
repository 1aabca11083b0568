package equerry.server.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values by name out of one place (the configuration file, the environment), with their faults.
///
/// The environment gives every value as text; where a structure is expected, that text is JSON.
final class SettingsSource {
  private final Map<String, @Nullable Object> values;
  private final String prefix;
  private final List<String> faults;

  /// @param prefix what stands before each name in messages
  SettingsSource(Map<String, @Nullable Object> values, String prefix, List<String> faults) {
    this.values = values;
    this.prefix = prefix;
    this.faults = faults;
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  Optional<String> text(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    fault(name, "must be a text that is not empty, not " + value);
    return Optional.empty();
  }

  Optional<Integer> port(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Integer port && port >= 0 && port <= 65_535) {
      return Optional.of(port);
    }
    fault(name, "must be a port from 0 to 65535, not " + value);
    return Optional.empty();
  }

  List<String> texts(String name) {
    Object value = values.get(name);
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof String text && !text.isBlank()) {
          texts.add(text);
        } else {
          fault(name, "must hold texts, not " + item);
        }
      }
    } else if (value != null) {
      fault(name, "must be a list of texts");
    }
    return texts;
  }

  Map<String, @Nullable Object> map(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    fault(name, "must be an object");
    return Map.of();
  }

  static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  /// Reports names that are not known.
  void refuseOthers(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        faults.add(prefix + name + " is not known; known are " + known.stream().sorted().toList());
      }
    }
  }

  void fault(String name, String what) {
    faults.add(prefix + name + " " + what);
  }

  String named(String name) {
    return prefix + name;
  }
}
