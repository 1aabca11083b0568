package equerry.registry.catalog;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Collections as one statement read them: those that were named and all members of chains.
///
/// @param byKey the collections by key
/// @param children members of each chain, in search order, by the chain's key
/// @param parents the chains that each collection is a direct member of, where they were read
public record Scope(
    Map<Object, CollectionRow> byKey,
    Map<Object, List<Object>> children,
    Map<Object, Set<Object>> parents) {
  /// No collections.
  static final Scope NONE = new Scope(Map.of(), Map.of(), Map.of());

  /// The collection of a name.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  public CollectionRow named(String name) {
    return byKey.values().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  /// The collections of some names, in their order.
  ///
  /// @throws ButlerException.NotFound (missing_collection) for the first name without a collection
  public List<CollectionRow> named(Collection<String> names) {
    Map<String, CollectionRow> byName = new HashMap<>();
    byKey.values().forEach(row -> byName.put(row.name(), row));
    List<CollectionRow> rows = new ArrayList<>(names.size());
    for (String name : names) {
      CollectionRow row = byName.get(name);
      if (row == null) {
        throw missing(name);
      }
      rows.add(row);
    }
    return rows;
  }

  /// The error for a collection that does not exist.
  public static ButlerException missing(String name) {
    return new ButlerException.NotFound(
        ErrorCode.MISSING_COLLECTION, "No collection with name '" + name + "' found.");
  }

  /// The collections to search in order: chains are replaced by their members, depth first, and of
  /// repeated ones the first stands.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  public List<CollectionRow> flatten(Collection<String> names) {
    List<CollectionRow> flat = new ArrayList<>();
    Set<Object> done = new LinkedHashSet<>();
    named(names).forEach(row -> walk(row, done, flat, Chains.LEFT_OUT));
    return flat;
  }

  /// Whether chains themselves are listed beside their members.
  public enum Chains {
    LISTED,
    LEFT_OUT
  }

  /// A collection and, for a chain, its members, depth first.
  public List<CollectionRow> walk(CollectionRow start, Set<Object> done, Chains chains) {
    List<CollectionRow> found = new ArrayList<>();
    walk(start, done, found, chains);
    return found;
  }

  private void walk(CollectionRow row, Set<Object> done, List<CollectionRow> found, Chains chains) {
    if (!done.add(row.key())) {
      return;
    }
    if (row.type() != CollectionType.CHAINED || chains == Chains.LISTED) {
      found.add(row);
    }
    for (Object child : children.getOrDefault(row.key(), List.of())) {
      CollectionRow member = byKey.get(child);
      if (member != null) {
        walk(member, done, found, chains);
      }
    }
  }

  /// The keys of all collections that are no chains.
  public List<Object> leaves() {
    return byKey.values().stream()
        .filter(row -> row.type() != CollectionType.CHAINED)
        .map(CollectionRow::key)
        .toList();
  }

  /// The direct members of a chain by name, in search order.
  public List<String> childNames(CollectionRow chain) {
    return children.getOrDefault(chain.key(), List.of()).stream()
        .map(byKey::get)
        .filter(Objects::nonNull)
        .map(CollectionRow::name)
        .toList();
  }
}
