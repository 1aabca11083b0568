package equerry.registry.catalog;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WriteSession;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Reads collections, summaries and dataset types; every answer is of the last commit.
///
/// The only thing that is kept is what cannot change once it is committed: which dimensions a
/// group's key stands for. What a transaction that writes reads may be taken back, and the key be
/// given to others, so it is not kept.
public final class Catalog {
  /// The key of the group without dimensions, which has no rows.
  private static final long EMPTY_GROUP = 0;

  private final DimensionUniverse universe;
  private final CollectionKeys keys;
  private final List<String> governors;
  private final Map<Long, DimensionGroup> committed = new ConcurrentHashMap<>();

  public Catalog(DimensionUniverse universe, SchemaVariant variant) {
    this.universe = universe;
    this.keys = variant.collectionKeys();
    this.governors =
        universe.elements().stream()
            .filter(DimensionElement::isGovernor)
            .map(DimensionElement::name)
            .toList();
    committed.put(EMPTY_GROUP, universe.emptyGroup());
  }

  /// The columns that hold collections' keys.
  public CollectionKeys keys() {
    return keys;
  }

  public DimensionUniverse universe() {
    return universe;
  }

  private CatalogStatement statement(Session session) {
    return new CatalogStatement(keys, session.dialect());
  }

  /// The named collections with the members of chains, in one statement.
  ///
  /// @throws ButlerException.NotFound (missing_collection) for the first name without a collection
  public Scope scope(Session session, Collection<String> names) throws SQLException {
    if (names.isEmpty()) {
      return Scope.NONE;
    }
    Scope scope = CatalogFacts.read(session, statement(session).reach(names)).scope();
    scope.named(names);
    return scope;
  }

  /// Every collection of the repository.
  public Scope everything(Session session) throws SQLException {
    return CatalogFacts.read(session, statement(session).everything()).scope();
  }

  /// Everything that a query names, in one statement.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type, missing_collection)
  public Names names(Session session, Collection<String> types, Collection<String> collections)
      throws SQLException {
    if (types.isEmpty() && collections.isEmpty()) {
      return new Names(Map.of(), Scope.NONE, Map.of());
    }
    CatalogStatement statement = statement(session);
    if (!collections.isEmpty()) {
      statement.reach(collections).summariesOfReach(governors, types);
    }
    CatalogFacts facts = CatalogFacts.read(session, statement.types(types));
    Map<String, TypeRow> rows = byName(session, facts.types());
    for (String name : types) {
      if (!rows.containsKey(name)) {
        throw missingType(name);
      }
    }
    facts.scope().named(collections);
    return new Names(rows, facts.scope(), summaries(facts, facts.scope().leaves()));
  }

  private Map<Object, Summary> summaries(CatalogFacts facts, Collection<Object> collections) {
    Map<Object, Summary> summaries = new HashMap<>();
    collections.forEach(key -> summaries.put(key, facts.summary(key, governors)));
    return summaries;
  }

  /// The documentation of collections, without those that have none.
  public Map<Object, String> docs(Session session, Collection<Object> collections)
      throws SQLException {
    String text =
        "SELECT %1$s, doc FROM collection WHERE doc <> '' AND %2$s"
            .formatted(keys.primaryKey(), inKeys(session, keys.primaryKey()));
    Map<Object, String> docs = new HashMap<>();
    session
        .list(
            Sql.of(text, List.copyOf(collections)),
            row -> Map.entry(Objects.requireNonNull(row.keyOrNull(1)), row.text(2)))
        .forEach(entry -> docs.put(entry.getKey(), entry.getValue()));
    return docs;
  }

  /// A condition that a column's value is among keys of collections, given as one list parameter.
  public String inKeys(Session session, String column) {
    return session
        .dialect()
        .inList(column, keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER);
  }

  /// The summaries of collections that are not chains, in one statement.
  public Map<Object, Summary> summaries(Session session, Collection<Object> collections)
      throws SQLException {
    if (collections.isEmpty()) {
      return Map.of();
    }
    return summaries(
        CatalogFacts.read(session, statement(session).summaries(governors, collections)),
        collections);
  }

  /// The union of the summaries of some collections.
  public Summary merge(Collection<Summary> parts) {
    Summary merged = Summary.empty(governors);
    parts.forEach(merged::addAll);
    return merged;
  }

  /// The dataset types of these names that exist, by name.
  public Map<String, TypeRow> types(Session session, Collection<String> names) throws SQLException {
    if (names.isEmpty()) {
      return Map.of();
    }
    return byName(session, CatalogFacts.read(session, statement(session).types(names)).types());
  }

  /// Every dataset type by name, in the order of their registration.
  public Map<String, TypeRow> types(Session session) throws SQLException {
    return byName(session, CatalogFacts.read(session, statement(session).allTypes()).types());
  }

  /// The dataset type of a name.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type)
  public TypeRow type(Session session, String name) throws SQLException {
    TypeRow row = types(session, List.of(name)).get(name);
    if (row == null) {
      throw missingType(name);
    }
    return row;
  }

  /// The error for a dataset type that does not exist.
  public static ButlerException missingType(String name) {
    return new ButlerException.NotFound(
        ErrorCode.MISSING_DATASET_TYPE, "Dataset type '" + name + "' does not exist.");
  }

  private Map<String, TypeRow> byName(Session session, List<CatalogFacts.TypeFact> facts)
      throws SQLException {
    Map<Long, DimensionGroup> dimensions =
        groups(session, facts.stream().map(CatalogFacts.TypeFact::group).toList());
    Map<String, TypeRow> types = new LinkedHashMap<>();
    for (CatalogFacts.TypeFact fact : facts) {
      DatasetType type =
          new DatasetType(
              fact.name(),
              known(dimensions, fact.group()),
              fact.storageClass(),
              fact.calibs() != null);
      types.put(fact.name(), new TypeRow(fact.id(), type, fact.tags(), fact.calibs()));
    }
    return types;
  }

  private static DimensionGroup known(Map<Long, DimensionGroup> groups, long key) {
    DimensionGroup group = groups.get(key);
    if (group == null) {
      throw new ButlerException.Internal(
          "The registry has no dimensions for the group with key " + key + ".", null);
    }
    return group;
  }

  /// The dimensions that at least these keys stand for, as far as there are any.
  private Map<Long, DimensionGroup> groups(Session session, Collection<Long> keys)
      throws SQLException {
    if (committed.keySet().containsAll(keys)) {
      return committed;
    }
    Map<Long, DimensionGroup> read = readGroups(session);
    if (session instanceof WriteSession) {
      return read;
    }
    committed.putAll(read);
    return committed;
  }

  /// The key of a group of dimensions, if the repository has had datasets of them.
  public OptionalLong findKey(Session session, DimensionGroup group) throws SQLException {
    return readGroups(session).entrySet().stream()
        .filter(entry -> entry.getValue() == group)
        .mapToLong(Map.Entry::getKey)
        .min();
  }

  /// Reads what the last commit has, which need not be read in transactions then.
  public void prepare(Session session) throws SQLException {
    committed.putAll(readGroups(session));
  }

  private Map<Long, DimensionGroup> readGroups(Session session) throws SQLException {
    Map<Long, List<String>> names = new HashMap<>();
    session
        .list(
            Sql.of("SELECT dimension_graph_id, dimension_name FROM dimension_graph_definition"),
            row -> Map.entry(row.integer(1), row.text(2)))
        .forEach(
            entry ->
                names
                    .computeIfAbsent(entry.getKey(), k -> new ArrayList<>())
                    .add(entry.getValue()));
    Map<Long, DimensionGroup> groups = new HashMap<>();
    groups.put(EMPTY_GROUP, universe.emptyGroup());
    names.forEach((key, members) -> groups.put(key, universe.group(members)));
    return groups;
  }
}
