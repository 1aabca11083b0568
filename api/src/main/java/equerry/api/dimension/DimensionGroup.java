package equerry.api.dimension;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A set of dimensions that is closed under what they require and imply.
///
/// *Required* are the dimensions that no other one in the group implies; they identify a data ID.
/// *Implied* are the rest. Groups of one universe are shared: equal groups are the same object.
public final class DimensionGroup {
  private final DimensionUniverse universe;
  private final List<String> names;
  private final Set<String> nameSet;
  private final List<String> required;
  private final List<String> implied;
  private final List<String> keys;
  private final List<DimensionElement> elements;

  DimensionGroup(DimensionUniverse universe, List<String> names) {
    this.universe = universe;
    this.names = names;
    this.nameSet = Set.copyOf(names);
    Set<String> impliedNames = new HashSet<>();
    names.forEach(name -> impliedNames.addAll(universe.element(name).implied()));
    this.required = names.stream().filter(name -> !impliedNames.contains(name)).toList();
    this.implied = names.stream().filter(impliedNames::contains).toList();
    List<String> all = new ArrayList<>(required);
    all.addAll(implied);
    this.keys = List.copyOf(all);
    this.elements =
        universe.elements().stream()
            .filter(element -> nameSet.containsAll(element.required()))
            .toList();
  }

  public DimensionUniverse universe() {
    return universe;
  }

  /// All dimensions in universe order.
  public List<String> names() {
    return names;
  }

  public boolean contains(String dimension) {
    return nameSet.contains(dimension);
  }

  public boolean containsAll(DimensionGroup other) {
    return nameSet.containsAll(other.nameSet);
  }

  /// The dimensions that identify a data ID, in universe order.
  public List<String> required() {
    return required;
  }

  /// The dimensions whose values follow from the required ones, in universe order.
  public List<String> implied() {
    return implied;
  }

  /// Required dimensions, then implied ones: the order of values in a data ID.
  public List<String> keys() {
    return keys;
  }

  /// Every element whose required dimensions are in the group, in universe order.
  public List<DimensionElement> elements() {
    return elements;
  }

  public boolean containsElement(String element) {
    return elements.stream().anyMatch(e -> e.name().equals(element));
  }

  /// The governor dimensions of the group.
  public List<String> governors() {
    return names.stream().filter(name -> universe.element(name).isGovernor()).toList();
  }

  /// The families of regions that elements of this group belong to.
  public Set<Topology> spatial() {
    Set<Topology> families = new LinkedHashSet<>();
    elements.forEach(element -> element.spatial().ifPresent(families::add));
    return families;
  }

  /// The families of timespans that elements of this group belong to.
  public Set<Topology> temporal() {
    Set<Topology> families = new LinkedHashSet<>();
    elements.forEach(element -> element.temporal().ifPresent(families::add));
    return families;
  }

  /// The smallest group with the dimensions of both.
  public DimensionGroup union(DimensionGroup other) {
    if (containsAll(other)) {
      return this;
    }
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(other.names);
    return universe.group(all);
  }

  /// The elements in the order in which their records can be found one after another, each by
  /// values that are given or follow from records before it.
  public List<DimensionElement> lookupOrder() {
    Set<DimensionElement> order = new LinkedHashSet<>();
    Set<String> done = new HashSet<>();
    int before;
    do {
      before = done.size();
      required.forEach(name -> append(universe.element(name), order, done));
    } while (done.size() > before);
    order.addAll(elements);
    return List.copyOf(order);
  }

  private void append(DimensionElement element, Set<DimensionElement> order, Set<String> done) {
    boolean ready =
        element.required().stream()
            .allMatch(name -> name.equals(element.name()) || done.contains(name));
    if (ready && done.add(element.name())) {
      order.add(element);
      element.implied().forEach(name -> append(universe.element(name), order, done));
    }
  }

  @Override
  public String toString() {
    return "{" + String.join(", ", names) + "}";
  }
}
