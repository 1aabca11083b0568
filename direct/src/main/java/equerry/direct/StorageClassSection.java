package equerry.direct;

import equerry.api.dataset.StorageClasses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the section `storageClasses` of a `butler.yaml` on top of what the stock package defines.
///
/// Most of the section is about Python and is passed over, as is what is malformed: nothing but the
/// names of components depends on it.
final class StorageClassSection {
  private static final String DEFAULTS = "storage-classes.yaml";
  private static final String INHERITS = "inheritsFrom";

  private final Map<String, Map<String, String>> own = new LinkedHashMap<>();
  private final Map<String, String> parents = new LinkedHashMap<>();

  private StorageClassSection() {}

  /// @param section null when the file has none
  static StorageClasses read(@Nullable Map<?, ?> section) {
    StorageClassSection classes = new StorageClassSection();
    classes.add(defaults());
    if (section != null) {
      classes.add(section);
    }
    return classes.resolve();
  }

  private static Map<?, ?> defaults() {
    try (InputStream in = StorageClassSection.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException(DEFAULTS + " is missing in this build");
      }
      return YamlText.mapping(new String(in.readAllBytes(), StandardCharsets.UTF_8), DEFAULTS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// A class that is there already keeps what the section does not say anew.
  private void add(Map<?, ?> section) {
    section.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof Map<?, ?> definition) {
            Map<String, String> parts = own.computeIfAbsent(text, key -> new LinkedHashMap<>());
            addTexts(definition.get("derivedComponents"), parts);
            addTexts(definition.get("components"), parts);
            if (definition.get(INHERITS) instanceof String parent) {
              parents.put(text, parent);
            }
          }
        });
  }

  private static void addTexts(@Nullable Object value, Map<String, String> target) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, storageClass) -> {
            if (name instanceof String text && storageClass instanceof String part) {
              target.put(text, part);
            }
          });
    }
  }

  private StorageClasses resolve() {
    Map<String, Map<String, String>> resolved = new LinkedHashMap<>();
    own.keySet().forEach(name -> resolved.put(name, withInherited(name)));
    return new StorageClasses(resolved);
  }

  private Map<String, String> withInherited(String name) {
    Map<String, String> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String next = name; next != null && seen.add(next); next = parents.get(next)) {
      own.getOrDefault(next, Map.of()).forEach(found::putIfAbsent);
    }
    return found;
  }
}
