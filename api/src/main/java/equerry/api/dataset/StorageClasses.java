package equerry.api.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The storage classes with parts of their own that can be read, as far as it takes to name these.
///
/// @param components for each composite class the storage class of each of its components
public record StorageClasses(Map<String, Map<String, String>> components) {
  /// No class has components.
  public static final StorageClasses NONE = new StorageClasses(Map.of());

  public StorageClasses {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    components.forEach((name, parts) -> copy.put(name, Map.copyOf(parts)));
    components = Map.copyOf(copy);
  }

  /// The storage class of a component; empty when the class is unknown or has no such component.
  public Optional<String> findComponent(String storageClass, String component) {
    return Optional.ofNullable(components.getOrDefault(storageClass, Map.of()).get(component));
  }
}
