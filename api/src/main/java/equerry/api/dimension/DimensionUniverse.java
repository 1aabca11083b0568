package equerry.api.dimension;

import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// All dimensions that a repository knows, in one fixed order.
///
/// A universe is read from the repository ([UniverseConfig]), never from our code. Immutable and
/// safe for use by many threads; groups are made once and shared, so they may be compared by
/// identity.
public final class DimensionUniverse {
  private final UniverseConfig config;
  private final List<DimensionElement> elements;
  private final Map<String, DimensionElement> byName;
  private final Map<String, Integer> positions;
  private final Map<List<String>, DimensionGroup> groups = new ConcurrentHashMap<>();

  DimensionUniverse(UniverseConfig config, List<DimensionElement> elements) {
    this.config = config;
    this.elements = List.copyOf(elements);
    this.byName = new HashMap<>();
    this.positions = new HashMap<>();
    for (DimensionElement element : elements) {
      positions.put(element.name(), positions.size());
      byName.put(element.name(), element);
    }
  }

  /// Builds the universe that a parsed `config:dimensions.json` describes.
  ///
  /// @throws ButlerException.Invalid (configuration) when the description is broken
  public static DimensionUniverse of(Map<String, Object> json) {
    return new UniverseBuilder(new UniverseConfig(json)).build();
  }

  /// The description that the universe was built from.
  public UniverseConfig config() {
    return config;
  }

  /// Every element in universe order, skypix dimensions included.
  public List<DimensionElement> elements() {
    return elements;
  }

  public Optional<DimensionElement> findElement(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The element of a name.
  ///
  /// @throws ButlerException.Invalid (invalid_query) when there is none
  public DimensionElement element(String name) {
    DimensionElement element = byName.get(name);
    if (element == null) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "No dimension element with name '"
              + name
              + "'."
              + DidYouMean.sentence(name, byName.keySet()));
    }
    return element;
  }

  /// The dimension of a name.
  ///
  /// @throws ButlerException.Invalid (dimension_name) when there is none
  public DimensionElement dimension(String name) {
    DimensionElement element = byName.get(name);
    if (element == null || !element.isDimension()) {
      throw new ButlerException.Invalid(
          ErrorCode.DIMENSION_NAME,
          "No dimension with name '" + name + "'." + DidYouMean.sentence(name, dimensionNames()));
    }
    return element;
  }

  private List<String> dimensionNames() {
    return elements.stream()
        .filter(DimensionElement::isDimension)
        .map(DimensionElement::name)
        .toList();
  }

  /// Whether a name is that of a dimension.
  public boolean hasDimension(String name) {
    DimensionElement element = byName.get(name);
    return element != null && element.isDimension();
  }

  /// The group without dimensions.
  public DimensionGroup emptyGroup() {
    return group(List.of());
  }

  /// The smallest group with these dimensions and all that they require or imply.
  ///
  /// @throws ButlerException.Invalid (dimension_name) for a name that is no dimension
  public DimensionGroup group(Collection<String> names) {
    SortedSet<String> closure = new TreeSet<>(this::compareNames);
    names.forEach(name -> close(dimension(name), closure));
    List<String> key = List.copyOf(closure);
    return groups.computeIfAbsent(key, k -> new DimensionGroup(this, k));
  }

  private void close(DimensionElement dimension, SortedSet<String> closure) {
    if (closure.add(dimension.name())) {
      dimension.dependencies().forEach(name -> close(element(name), closure));
    }
  }

  /// Compares two element names by their place in the universe.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a name that is no element
  public int compareNames(String a, String b) {
    return Integer.compare(position(a), position(b));
  }

  private int position(String name) {
    return Objects.requireNonNull(positions.get(element(name).name()));
  }

  @Override
  public String toString() {
    return config.namespace() + " universe " + config.version();
  }
}
