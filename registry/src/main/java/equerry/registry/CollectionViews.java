package equerry.registry;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionSummary;
import equerry.api.collection.CollectionType;
import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetType;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.CollectionSelection;
import equerry.registry.catalog.Globs;
import equerry.registry.catalog.Scope;
import equerry.registry.catalog.Summary;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// [Collections] read from the registry.
///
/// Order of a search's answer (the stock package's): collections that globs match in the order of
/// their keys, then those that are named, each with its chain's members when these are asked for.
final class CollectionViews implements Collections {
  private final Database database;
  private final Catalog catalog;

  CollectionViews(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  @Override
  public List<CollectionInfo> search(CollectionSearch search) {
    return database.read(session -> search(session, search));
  }

  private List<CollectionInfo> search(Session session, CollectionSearch search)
      throws SQLException {
    boolean wholeScope =
        search.details().contains(Detail.PARENTS)
            || search.expression().stream().anyMatch(Globs::isGlob);
    Scope scope =
        wholeScope ? catalog.everything(session) : catalog.scope(session, search.expression());
    List<CollectionRow> rows = CollectionSelection.select(scope, search);
    Map<Object, String> docs =
        search.details().contains(Detail.DOC)
            ? catalog.docs(session, rows.stream().map(CollectionRow::key).toList())
            : Map.of();
    Map<Object, Set<String>> types =
        search.details().contains(Detail.SUMMARY)
            ? typeNames(session, scope, rows, search.summaryDatasets())
            : Map.of();
    List<CollectionInfo> infos = new ArrayList<>();
    for (CollectionRow row : rows) {
      infos.add(
          new CollectionInfo(
              row.name(),
              row.type(),
              docs.getOrDefault(row.key(), ""),
              scope.childNames(row),
              search.details().contains(Detail.PARENTS) ? parentNames(scope, row) : null,
              types.get(row.key())));
    }
    return infos;
  }

  private static Set<String> parentNames(Scope scope, CollectionRow row) {
    return scope.parents().getOrDefault(row.key(), Set.of()).stream()
        .map(scope.byKey()::get)
        .filter(Objects::nonNull)
        .map(CollectionRow::name)
        .collect(Collectors.toSet());
  }

  private Map<Object, Set<String>> typeNames(
      Session session, Scope scope, List<CollectionRow> rows, @Nullable Set<String> only)
      throws SQLException {
    Map<Long, String> names = new HashMap<>();
    catalog
        .types(session)
        .values()
        .forEach(
            row -> {
              if (only == null || only.contains(row.type().name())) {
                names.put(row.id(), row.type().name());
              }
            });
    Map<Object, Set<String>> result = new HashMap<>();
    Map<Object, List<Object>> members = members(scope, rows);
    Map<Object, Summary> summaries = summaries(session, members);
    members.forEach(
        (key, parts) ->
            result.put(
                key,
                catalog.merge(parts.stream().map(summaries::get).toList()).typeIds().stream()
                    .map(names::get)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet())));
    return result;
  }

  /// The collections whose summaries make up that of each: itself, or a chain's members.
  private static Map<Object, List<Object>> members(Scope scope, List<CollectionRow> rows) {
    Map<Object, List<Object>> members = new LinkedHashMap<>();
    for (CollectionRow row : rows) {
      List<CollectionRow> flat = scope.walk(row, new HashSet<>(), Scope.Chains.LEFT_OUT);
      members.put(row.key(), flat.stream().map(CollectionRow::key).toList());
    }
    return members;
  }

  private Map<Object, Summary> summaries(Session session, Map<Object, List<Object>> members)
      throws SQLException {
    return catalog.summaries(
        session, members.values().stream().flatMap(List::stream).distinct().toList());
  }

  @Override
  public CollectionInfo load(String name) {
    return search(
            new CollectionSearch(
                List.of(name),
                Set.of(CollectionType.values()),
                new CollectionSearch.Chains(false, true),
                Set.of(Detail.DOC, Detail.PARENTS),
                null))
        .getFirst();
  }

  @Override
  public CollectionSummary loadSummary(String name) {
    return database.read(session -> summary(session, name));
  }

  private CollectionSummary summary(Session session, String name) throws SQLException {
    Scope scope = catalog.scope(session, List.of(name));
    CollectionRow row = scope.named(name);
    Map<Object, List<Object>> members = members(scope, List.of(row));
    Summary merged = catalog.merge(summaries(session, members).values());
    List<DatasetType> types =
        catalog.types(session).values().stream()
            .filter(type -> merged.typeIds().contains(type.id()))
            .map(TypeRow::type)
            .toList();
    Map<String, Set<String>> governors = new HashMap<>(merged.governors());
    governors.values().removeIf(Set::isEmpty);
    return new CollectionSummary(types, governors);
  }
}
