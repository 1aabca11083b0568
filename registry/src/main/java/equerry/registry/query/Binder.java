package equerry.registry.query;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryInput;
import equerry.api.query.QueryTree;
import equerry.api.query.References;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.Names;
import equerry.registry.catalog.Summary;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Session;
import equerry.registry.query.BoundQuery.DatasetSearch;
import equerry.registry.query.BoundQuery.Materialized;
import equerry.registry.query.BoundQuery.Upload;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Resolves the names of a query against the repository's last commit.
///
/// One statement, or none where nothing is named.
final class Binder {
  private final DimensionUniverse universe;
  private final Names names;
  private final DataId defaults;
  private final Map<UUID, QueryInput> inputs = new LinkedHashMap<>();

  Binder(DimensionUniverse universe, Names names, Query query) {
    this.universe = universe;
    this.names = names;
    this.defaults = query.defaults();
    query.inputs().forEach(input -> inputs.put(input.key(), input));
  }

  /// Reads what a query and its inputs name.
  ///
  /// @throws ButlerException.NotFound (missing_collection, missing_dataset_type)
  static Binder read(Catalog catalog, Session session, Query query) throws SQLException {
    Set<String> collections = new LinkedHashSet<>();
    Set<String> typeNames = new LinkedHashSet<>();
    collectNames(query.tree(), collections, typeNames);
    for (QueryInput input : query.inputs()) {
      if (input instanceof QueryInput.Materialized materialized) {
        collectNames(materialized.tree(), collections, typeNames);
      }
    }
    return new Binder(catalog.universe(), catalog.names(session, typeNames, collections), query);
  }

  private static void collectNames(QueryTree tree, Set<String> collections, Set<String> typeNames) {
    tree.datasets()
        .forEach(
            (type, search) -> {
              typeNames.add(type);
              collections.addAll(search.collections());
            });
    subqueries(tree.predicate()).forEach(sub -> collectNames(sub, collections, typeNames));
  }

  private static List<QueryTree> subqueries(Predicate predicate) {
    List<QueryTree> found = new ArrayList<>();
    collectSubqueries(predicate, found);
    return found;
  }

  private static void collectSubqueries(Predicate predicate, List<QueryTree> found) {
    switch (predicate) {
      case Predicate.And and -> and.operands().forEach(each -> collectSubqueries(each, found));
      case Predicate.Or or -> or.operands().forEach(each -> collectSubqueries(each, found));
      case Predicate.Not not -> collectSubqueries(not.operand(), found);
      case Predicate.InQuery in -> found.add(in.tree());
      case Predicate.Leaf leaf -> {}
    }
  }

  /// Resolves one tree of the query; its names have been read.
  BoundQuery bind(QueryTree tree) {
    DimensionGroup dimensions = dimensions(tree);
    Constraints constraints = new Constraints(tree.predicate(), dimensions);
    constraints.applyDefaults(defaults, dimensions, tree.validateGovernors());
    List<String> messages = new ArrayList<>(constraints.messages());
    Map<String, DatasetSearch> datasets = new LinkedHashMap<>();
    tree.datasets()
        .forEach(
            (name, search) ->
                datasets.put(name, resolve(name, search, constraints.values(), messages)));
    Overlaps overlaps = new Overlaps(dimensions, calibrations(tree));
    Predicate predicate = overlaps.run(constraints.predicate(), tree.operandDimensions());
    checkReferences(predicate, datasets);
    return new BoundQuery(
        dimensions,
        predicate,
        datasets,
        uploads(tree),
        materializations(tree),
        overlaps.spatial(),
        constraints.values(),
        messages);
  }

  /// The tree's dimensions with those of everything that is joined or referenced.
  private DimensionGroup dimensions(QueryTree tree) {
    Set<String> members = new LinkedHashSet<>(tree.dimensions().names());
    tree.operandDimensions().forEach(group -> members.addAll(group.names()));
    tree.datasets()
        .keySet()
        .forEach(name -> members.addAll(type(name).type().dimensions().names()));
    members.addAll(References.dimensions(tree.predicate()));
    return universe.group(members);
  }

  private TypeRow type(String name) {
    TypeRow row = names.types().get(name);
    if (row == null) {
      throw Catalog.missingType(name);
    }
    return row;
  }

  /// Dataset types whose search may meet validity ranges, whatever the query's governors are.
  private List<String> calibrations(QueryTree tree) {
    return tree.datasets().entrySet().stream()
        .filter(
            entry ->
                resolve(entry.getKey(), entry.getValue(), Map.of(), new ArrayList<>())
                    .isCalibration())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Leaves out the collections that cannot hold what is searched, and says why if none is left.
  private DatasetSearch resolve(
      String name,
      QueryTree.DatasetSearch search,
      Map<String, Object> constraints,
      List<String> messages) {
    TypeRow type = type(name);
    if (search.dimensions() != type.type().dimensions()) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "Incorrect dimensions %s for dataset type '%s' in query; the registry has %s."
              .formatted(search.dimensions(), name, type.type().dimensions()));
    }
    List<CollectionRow> kept = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    List<CollectionRow> candidates = names.scope().flatten(search.collections());
    if (candidates.isEmpty()) {
      reasons.add("No datasets can be found because collection list is empty.");
    }
    for (CollectionRow collection : candidates) {
      List<String> faults = faults(type, collection, constraints);
      reasons.addAll(faults);
      if (faults.isEmpty()) {
        kept.add(collection);
      }
    }
    if (kept.isEmpty()) {
      messages.add(
          "Search for dataset type '%s' in [%s] is doomed to fail."
              .formatted(name, quoted(search.collections())));
      messages.addAll(reasons);
    }
    return new DatasetSearch(type, kept);
  }

  private static String quoted(List<String> names) {
    return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
  }

  private List<String> faults(
      TypeRow type, CollectionRow collection, Map<String, Object> constraints) {
    Summary summary = Objects.requireNonNull(names.summaries().get(collection.key()));
    List<String> faults = new ArrayList<>();
    if (!summary.typeIds().contains(type.id())) {
      faults.add(
          "No datasets of type '%s' in collection '%s'."
              .formatted(type.type().name(), collection.name()));
    }
    summary
        .governors()
        .forEach(
            (governor, values) -> {
              Object value = constraints.get(governor);
              if (value != null
                  && !values.isEmpty()
                  && type.type().dimensions().contains(governor)
                  && !values.contains(value.toString())) {
                faults.add(
                    "No datasets with %s=%s in collection '%s'."
                        .formatted(governor, Constraints.show(value), collection.name()));
              }
            });
    return faults;
  }

  private static void checkReferences(Predicate predicate, Map<String, DatasetSearch> datasets) {
    References.walk(
        predicate,
        leaf -> {
          if (leaf instanceof Expression.DatasetField field
              && !datasets.containsKey(field.datasetType())) {
            throw notJoined(field.datasetType());
          }
        });
  }

  static ButlerException notJoined(String datasetType) {
    return new ButlerException.Invalid(
        ErrorCode.INVALID_QUERY,
        "Dataset type '"
            + datasetType
            + "' is referenced but its search is not part of the query.");
  }

  private Map<UUID, Upload> uploads(QueryTree tree) {
    Map<UUID, Upload> uploads = new LinkedHashMap<>();
    for (UUID key : tree.uploads().keySet()) {
      if (!(inputs.get(key) instanceof QueryInput.Upload upload)) {
        throw missingInput(key);
      }
      uploads.put(key, new Upload(upload.dimensions(), upload.rows()));
    }
    return uploads;
  }

  private Map<UUID, Materialized> materializations(QueryTree tree) {
    Map<UUID, Materialized> bound = new LinkedHashMap<>();
    for (UUID key : tree.materializations().keySet()) {
      if (!(inputs.remove(key) instanceof QueryInput.Materialized input)) {
        throw missingInput(key);
      }
      bound.put(key, new Materialized(bind(input.tree()), input.dimensions(), input.datasets()));
      inputs.put(key, input);
    }
    return bound;
  }

  private static ButlerException missingInput(UUID key) {
    return new ButlerException.Invalid(
        ErrorCode.INVALID_QUERY,
        "The query refers to input " + key + ", which was not sent with it.");
  }
}
