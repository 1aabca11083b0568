package equerry.registry.catalog;

import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Selects collections by names and globs.
///
/// Order (the stock package's): collections that globs match in the order of their keys, then those
/// that are named, each with its chain's members when these are asked for.
public final class CollectionSelection {
  private static final String EVERYTHING = "*";

  private CollectionSelection() {}

  /// The collections that a search's expression selects, in the order of its answer.
  public static List<CollectionRow> select(Scope scope, CollectionSearch search) {
    Map<Object, CollectionRow> selected = new LinkedHashMap<>();
    List<CollectionRow> named = new ArrayList<>();
    List<Predicate<String>> globs = new ArrayList<>();
    boolean everything = search.expression().contains(EVERYTHING);
    for (String item : search.expression()) {
      if (Globs.isGlob(item)) {
        globs.add(Globs.matcher(item));
      } else {
        named.add(scope.named(item));
      }
    }
    for (CollectionRow row : scope.byKey().values()) {
      if (globs.stream().anyMatch(glob -> glob.test(row.name()))) {
        selected.put(row.key(), row);
        if (search.chains().flatten() && !everything) {
          scope.childNames(row).forEach(child -> named.add(scope.named(child)));
        }
      }
    }
    Set<Object> walked = new HashSet<>();
    for (CollectionRow row : named) {
      List<CollectionRow> found =
          search.chains().flatten() ? scope.walk(row, walked, Scope.Chains.LISTED) : List.of(row);
      found.forEach(each -> selected.putIfAbsent(each.key(), each));
    }
    return selected.values().stream().filter(row -> isWanted(row, search)).toList();
  }

  private static boolean isWanted(CollectionRow row, CollectionSearch search) {
    return search.types().contains(row.type())
        && (row.type() != CollectionType.CHAINED || search.chains().include());
  }

  /// The collections that an expression selects, members in the place of chains.
  public static List<CollectionRow> leaves(Scope scope, List<String> expression) {
    return select(
        scope,
        new CollectionSearch(
            expression,
            Set.of(CollectionType.values()),
            new CollectionSearch.Chains(true, false),
            Set.of(),
            null));
  }
}
