package equerry.registry.obscore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A mapping of a configuration. Reading a value that is wrong notes a fault and gives a harmless
/// one, so that all faults of a file can be told at once.
final class ConfigSection {
  private final String path;
  private final Map<?, ?> values;
  private final List<String> faults;

  /// @param path what messages put before its keys, empty for the whole file
  /// @param faults takes what is wrong
  ConfigSection(String path, Map<?, ?> values, List<String> faults) {
    this.path = path;
    this.values = values;
    this.faults = faults;
  }

  Entry entry(String key) {
    return new Entry(path.isEmpty() ? key : path + "." + key, values.get(key), faults);
  }

  void fault(String key, String text) {
    entry(key).fault(text);
  }

  String text(String key) {
    return entry(key).text();
  }

  @Nullable String optionalText(String key) {
    Entry entry = entry(key);
    return entry.isAbsent() ? null : entry.text();
  }

  @Nullable FormatText format(String key) {
    Entry entry = entry(key);
    try {
      return entry.isAbsent() ? null : FormatText.of(entry.text());
    } catch (IllegalArgumentException malformed) {
      entry.fault("is no valid format: " + malformed.getMessage());
      return null;
    }
  }

  long integer(String key) {
    return integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  long integer(String key, long least, long greatest) {
    return entry(key).integer(least, greatest);
  }

  <E extends Enum<E>> E choice(String key, E[] choices) {
    return entry(key).choice(choices);
  }

  @Nullable List<String> textList(String key) {
    Entry entry = entry(key);
    return entry.isAbsent() ? null : entry.list().stream().map(Entry::text).toList();
  }

  /// The values of a mapping, null when there is none.
  <V> @Nullable Map<String, V> map(String key, Function<Entry, V> reader) {
    Entry entry = entry(key);
    if (entry.isAbsent()) {
      return null;
    }
    ConfigSection section = entry.section();
    Map<String, V> map = new LinkedHashMap<>();
    section.values().keySet().forEach(name -> map.put(name, reader.apply(section.entry(name))));
    return map;
  }

  /// What it holds, as far as keys are texts.
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key instanceof String name) {
            named.put(name, value);
          } else {
            faults.add((path.isEmpty() ? "" : path + ": ") + "the key " + key + " must be a text");
          }
        });
    return named;
  }

  /// A value with its place.
  record Entry(String path, @Nullable Object value, List<String> faults) {
    void fault(String text) {
      faults.add(path + " " + text);
    }

    boolean isAbsent() {
      return value == null;
    }

    private void wrong(String expected) {
      fault(
          value == null ? "is missing" : "is '" + value + "', where " + expected + " is expected");
    }

    String text() {
      if (value instanceof String text) {
        return text;
      }
      wrong("a text");
      return "";
    }

    /// An integer, which may be written as a text, as a truth value or with a decimal point.
    long integer(long least, long greatest) {
      Long number = integerOrNull();
      if (number == null || number < least || number > greatest) {
        wrong(
            least == Long.MIN_VALUE
                ? "an integer"
                : "an integer from " + least + " to " + greatest);
        return 0;
      }
      return number;
    }

    private @Nullable Long integerOrNull() {
      return switch (value) {
        case Integer number -> number.longValue();
        case Long number -> number;
        case Boolean truth -> truth ? 1L : 0L;
        case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 ->
            number.longValue();
        case String text when text.strip().matches("[+-]?[0-9]{1,18}") ->
            Long.valueOf(text.strip());
        case null, default -> null;
      };
    }

    @Nullable Double realOrNull() {
      return switch (value) {
        case null -> null;
        case Number number -> number.doubleValue();
        case Boolean truth -> truth ? 1.0 : 0.0;
        default -> parsed();
      };
    }

    private @Nullable Double parsed() {
      try {
        if (value instanceof String text && text.strip().matches("[-+0-9.eE]+")) {
          return Double.valueOf(text.strip());
        }
      } catch (NumberFormatException malformed) {
        // Told below.
      }
      wrong("a number");
      return null;
    }

    <E extends Enum<E>> E choice(E[] choices) {
      for (E choice : choices) {
        if (label(choice).equals(value)) {
          return choice;
        }
      }
      wrong(Stream.of(choices).map(Entry::label).collect(Collectors.joining(" or ")));
      return choices[0];
    }

    private static String label(Enum<?> choice) {
      return choice instanceof ExtraColumn.Type type ? type.label() : choice.name();
    }

    List<Entry> list() {
      if (!(value instanceof List<?> list)) {
        wrong("a list");
        return List.of();
      }
      List<Entry> entries = new ArrayList<>();
      for (Object element : list) {
        entries.add(new Entry(path + "[" + entries.size() + "]", element, faults));
      }
      return entries;
    }

    List<Entry> pair() {
      List<Entry> entries = value instanceof List<?> ? list() : List.of();
      if (entries.size() == 2) {
        return entries;
      }
      wrong("a list of two");
      Entry harmless = new Entry(path, 0L, faults);
      return List.of(harmless, harmless);
    }

    ConfigSection section() {
      if (value instanceof Map<?, ?> map) {
        return new ConfigSection(path, map, faults);
      }
      wrong("a mapping");
      return new ConfigSection(path, Map.of(), new ArrayList<>());
    }
  }
}
