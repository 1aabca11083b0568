package equerry.registry.catalog;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.registry.catalog.CatalogStatement.Kind;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a [CatalogStatement] read, sorted by kind.
///
/// @param scope the collections
/// @param summaryTypes ids of dataset types by collection
/// @param summaryGovernors values by governor by collection
/// @param types rows of dataset types, in the order of their registration
record CatalogFacts(
    Scope scope,
    Map<Object, Set<Long>> summaryTypes,
    Map<Object, Map<String, Set<String>>> summaryGovernors,
    List<TypeFact> types) {
  private static final Kind[] KINDS = Kind.values();

  /// A row of the dataset_type table whose dimensions are not looked up yet.
  record TypeFact(
      long id,
      String name,
      String storageClass,
      long group,
      String tags,
      @Nullable String calibs) {}

  private record Link(Object parent, Object child, long position) {}

  static CatalogFacts read(Session session, CatalogStatement statement) throws SQLException {
    List<CollectionRow> collections = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    Map<Object, Set<Long>> summaryTypes = new HashMap<>();
    Map<Object, Map<String, Set<String>>> governors = new HashMap<>();
    List<TypeFact> types = new ArrayList<>();
    session.list(
        statement.sql(),
        row -> {
          switch (KINDS[(int) row.integer(1)]) {
            case COLLECTION -> collections.add(collection(row));
            case CHAIN_LINK -> links.add(new Link(key(row, 2), key(row, 3), row.integer(4)));
            case SUMMARY_TYPE ->
                summaryTypes.computeIfAbsent(key(row, 2), k -> new HashSet<>()).add(row.integer(4));
            case SUMMARY_GOVERNOR ->
                governors
                    .computeIfAbsent(key(row, 2), k -> new HashMap<>())
                    .computeIfAbsent(row.text(6), k -> new HashSet<>())
                    .add(row.text(7));
            case DATASET_TYPE -> types.add(type(row));
          }
          return true;
        });
    types.sort(Comparator.comparingLong(TypeFact::id));
    return new CatalogFacts(scope(collections, links), summaryTypes, governors, types);
  }

  private static Object key(Row row, int column) throws SQLException {
    return Objects.requireNonNull(row.keyOrNull(column));
  }

  private static CollectionRow collection(Row row) throws SQLException {
    String name = row.text(6);
    long type = row.integer(4);
    CollectionType kind =
        CollectionType.find(type)
            .orElseThrow(
                () ->
                    new ButlerException.Internal(
                        "Collection '" + name + "' has the unknown type " + type + ".", null));
    return new CollectionRow(key(row, 2), name, kind);
  }

  private static TypeFact type(Row row) throws SQLException {
    return new TypeFact(
        row.integer(4), row.text(6), row.text(7), row.integer(5), row.text(8), row.textOrNull(9));
  }

  private static Scope scope(List<CollectionRow> collections, List<Link> links) {
    Map<Object, CollectionRow> rows = new LinkedHashMap<>();
    collections.stream()
        .sorted((a, b) -> compareKeys(a.key(), b.key()))
        .forEach(row -> rows.put(row.key(), row));
    Map<Object, List<Object>> children = new HashMap<>();
    Map<Object, Set<Object>> parents = new HashMap<>();
    links.stream()
        .sorted(Comparator.comparingLong(Link::position))
        .forEach(
            link -> {
              children.computeIfAbsent(link.parent(), k -> new ArrayList<>()).add(link.child());
              parents.computeIfAbsent(link.child(), k -> new LinkedHashSet<>()).add(link.parent());
            });
    return new Scope(rows, children, parents);
  }

  private static int compareKeys(Object a, Object b) {
    return a instanceof Long left && b instanceof Long right
        ? Long.compare(left, right)
        : a.toString().compareTo(b.toString());
  }

  /// The summary of a collection. Governor values of one without dataset types are left-overs that
  /// do not count.
  Summary summary(Object key, List<String> governors) {
    Summary summary = Summary.empty(governors);
    Set<Long> ids = summaryTypes.getOrDefault(key, Set.of());
    summary.typeIds().addAll(ids);
    if (!ids.isEmpty()) {
      summaryGovernors
          .getOrDefault(key, Map.of())
          .forEach(
              (governor, values) ->
                  Objects.requireNonNull(summary.governors().get(governor)).addAll(values));
    }
    return summary;
  }
}
