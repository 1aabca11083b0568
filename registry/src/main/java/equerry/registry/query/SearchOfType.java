package equerry.registry.query;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.AllDatasets;
import equerry.api.query.Conditions;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultSpec;
import equerry.api.where.Where;
import equerry.api.where.WhereContext;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.CollectionSelection;
import equerry.registry.catalog.Globs;
import equerry.registry.catalog.Names;
import equerry.registry.catalog.Scope;
import equerry.registry.catalog.Summary;
import equerry.registry.catalog.TypeRow;
import equerry.registry.catalog.TypeSelection;
import equerry.registry.db.Session;
import equerry.registry.dimension.DataIdValues;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of a search of many dataset types that concerns one of them.
///
/// @param type the dataset type
/// @param binder what was read for the whole search
/// @param bound the query
/// @param search the whole search
record SearchOfType(DatasetType type, Binder binder, BoundQuery bound, AllDatasets search) {

  /// The searches that may find anything, in the order of the dataset types' names.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type, missing_collection)
  /// @throws ButlerException.Invalid (invalid_query)
  static List<SearchOfType> list(Catalog catalog, Session session, AllDatasets search)
      throws SQLException {
    if (search.findFirst() && search.collections().stream().anyMatch(Globs::isGlob)) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY, "Can not use wildcards in collections when find_first=True");
    }
    List<DatasetType> types = types(session, catalog, search);
    Scope scope =
        search.collections().stream().anyMatch(Globs::isGlob)
            ? catalog.everything(session)
            : catalog.scope(session, search.collections());
    List<CollectionRow> collections = CollectionSelection.leaves(scope, search.collections());
    Map<Object, Summary> summaries =
        catalog.summaries(session, collections.stream().map(CollectionRow::key).toList());
    Map<String, TypeRow> rows =
        catalog.types(session, types.stream().map(DatasetType::name).toList());
    Names names = new Names(rows, scope, summaries);
    Where where = Where.parse(search.where());
    List<SearchOfType> searches = new ArrayList<>();
    for (DatasetType type : types) {
      List<String> candidates = candidates(rows.get(type.name()), collections, summaries);
      if (!candidates.isEmpty()) {
        searches.add(one(catalog.universe(), names, search, type, candidates, where));
      }
    }
    return searches;
  }

  private static List<DatasetType> types(Session session, Catalog catalog, AllDatasets search)
      throws SQLException {
    DatasetTypes.Matches matches = TypeSelection.search(session, catalog, search.types());
    if (matches.found().isEmpty()) {
      throw missing("No dataset types found for query " + quoted(search.types()));
    }
    if (!matches.missing().isEmpty()) {
      throw missing("Dataset types not found: " + quoted(matches.missing()));
    }
    return matches.found().stream().sorted(Comparator.comparing(DatasetType::name)).toList();
  }

  private static ButlerException missing(String message) {
    return new ButlerException.NotFound(ErrorCode.MISSING_DATASET_TYPE, message);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").toList().toString();
  }

  private static List<String> candidates(
      @Nullable TypeRow type, List<CollectionRow> collections, Map<Object, Summary> summaries) {
    if (type == null) {
      return List.of();
    }
    return collections.stream()
        .filter(row -> row.type() != CollectionType.CHAINED)
        .filter(
            row -> Objects.requireNonNull(summaries.get(row.key())).typeIds().contains(type.id()))
        .map(CollectionRow::name)
        .toList();
  }

  private static SearchOfType one(
      DimensionUniverse universe,
      Names names,
      AllDatasets search,
      DatasetType type,
      List<String> collections,
      Where where) {
    Map<String, Object> binds = new HashMap<>(search.bind());
    Predicate predicate =
        Conditions.ofDataId(universe, search.dataId())
            .and(where.bind(new WhereContext(type.dimensions(), Set.of(type.name()), binds)));
    QueryTree tree =
        new QueryTree(
            type.dimensions(),
            Map.of(type.name(), new QueryTree.DatasetSearch(collections, type.dimensions())),
            Map.of(),
            Map.of(),
            predicate,
            true);
    DataId defaults = DataIdValues.defaults(universe, search.defaults());
    Binder binder = new Binder(universe, names, new Query(tree, defaults, List.of()));
    return new SearchOfType(type, binder, binder.bind(tree), search);
  }

  /// What to ask of this type.
  ///
  /// @param limit how many datasets are left of the whole search's limit, null for all
  ResultSpec spec(@Nullable Long limit) {
    return new ResultSpec.Refs(
        type.name(),
        type.dimensions(),
        type.storageClass(),
        search.withRecords(),
        search.findFirst(),
        new ResultSpec.Options(List.of(), limit, false));
  }
}
