package equerry.registry.catalog;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads collections, summaries and dataset types; every answer is of the last commit.
///
/// The only thing that is kept is what cannot change: which dimensions a group's key stands for.
public final class Catalog {
  /// The key of the group without dimensions, which has no rows.
  private static final long EMPTY_GROUP = 0;

  private static final String TYPE_COLUMNS =
      "t.id, t.name, t.storage_class, t.dimensions_key, t.tag_association_table,"
          + " t.calibration_association_table";
  private final DimensionUniverse universe;
  private final CollectionKeys keys;
  private final List<String> governors;
  private final Map<Long, DimensionGroup> groups = new ConcurrentHashMap<>();

  public Catalog(DimensionUniverse universe, SchemaVariant variant) {
    this.universe = universe;
    this.keys = variant.collectionKeys();
    this.governors =
        universe.elements().stream()
            .filter(DimensionElement::isGovernor)
            .map(DimensionElement::name)
            .toList();
  }

  /// The columns that hold collections' keys.
  public CollectionKeys keys() {
    return keys;
  }

  public DimensionUniverse universe() {
    return universe;
  }

  /// The named collections with the members of chains, in one statement.
  ///
  /// @throws ButlerException.NotFound (missing_collection) for the first name without a collection
  public Scope scope(Session session, Collection<String> names) throws SQLException {
    if (names.isEmpty()) {
      return new Scope(Map.of(), Map.of(), Map.of());
    }
    String reach =
        "WITH RECURSIVE reach(k) AS (SELECT %1$s FROM collection WHERE %2$s UNION"
            + " SELECT cc.child FROM collection_chain cc JOIN reach ON cc.parent = reach.k) ";
    String text =
        (reach
                + "SELECT c.%1$s, c.name, c.type, NULL, 0 FROM collection c JOIN reach ON c.%1$s ="
                + " reach.k UNION ALL SELECT cc.parent, NULL, NULL, cc.child, cc.position FROM"
                + " collection_chain cc JOIN reach ON cc.parent = reach.k")
            .formatted(keys.primaryKey(), session.dialect().inList("name", ListElement.TEXT));
    Scope scope = read(session, Sql.of(text, List.copyOf(names)));
    names.forEach(scope::named);
    return scope;
  }

  /// Every collection of the repository.
  public Scope everything(Session session) throws SQLException {
    String text =
        ("SELECT c.%1$s, c.name, c.type, NULL, 0 FROM collection c UNION ALL SELECT cc.parent,"
                + " NULL, NULL, cc.child, cc.position FROM collection_chain cc")
            .formatted(keys.primaryKey());
    return read(session, Sql.of(text));
  }

  /// A collection row, or a link of a chain where the name is null.
  private record Entry(
      Object key, @Nullable String name, int type, @Nullable Object child, long position) {}

  private Scope read(Session session, Sql sql) throws SQLException {
    List<Entry> entries = session.list(sql, Catalog::entry);
    Map<Object, CollectionRow> rows = new LinkedHashMap<>();
    Map<Object, List<Object>> children = new HashMap<>();
    Map<Object, Set<Object>> parents = new HashMap<>();
    entries.stream()
        .sorted(Catalog::compare)
        .forEach(
            entry -> {
              if (entry.name() != null) {
                rows.put(entry.key(), row(entry.key(), entry.name(), entry.type()));
              } else if (entry.child() != null) {
                children.computeIfAbsent(entry.key(), k -> new ArrayList<>()).add(entry.child());
                parents.computeIfAbsent(entry.child(), k -> new LinkedHashSet<>()).add(entry.key());
              }
            });
    return new Scope(rows, children, parents);
  }

  private static Entry entry(Row row) throws SQLException {
    Object key = Objects.requireNonNull(row.keyOrNull(1));
    return new Entry(
        key, row.textOrNull(2), (int) row.integer(3), row.keyOrNull(4), row.integer(5));
  }

  /// By key, and members of a chain by position.
  private static int compare(Entry a, Entry b) {
    int byKey =
        a.key() instanceof Long left && b.key() instanceof Long right
            ? Long.compare(left, right)
            : a.key().toString().compareTo(b.key().toString());
    return byKey != 0 ? byKey : Long.compare(a.position(), b.position());
  }

  private static CollectionRow row(Object key, String name, int type) {
    CollectionType kind =
        CollectionType.find(type)
            .orElseThrow(
                () ->
                    new ButlerException.Internal(
                        "Collection '" + name + "' has the unknown type " + type + ".", null));
    return new CollectionRow(key, name, kind);
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

  private String inKeys(Session session, String column) {
    return session
        .dialect()
        .inList(column, keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER);
  }

  /// A fact of a summary: a dataset type, or a governor's value.
  private record Fact(Object key, @Nullable Long typeId, String governor, @Nullable String value) {}

  /// The summaries of collections that are not chains, in one statement.
  ///
  /// Governor values of a collection without dataset types are left-overs that do not count.
  public Map<Object, Summary> summaries(Session session, Collection<Object> collections)
      throws SQLException {
    if (collections.isEmpty()) {
      return Map.of();
    }
    String column = keys.collectionColumn();
    String condition = inKeys(session, column);
    List<Object> parameters = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append("SELECT ").append(column);
    text.append(", dataset_type_id, '', NULL FROM collection_summary_dataset_type WHERE ");
    text.append(condition);
    parameters.add(List.copyOf(collections));
    for (String governor : governors) {
      text.append(" UNION ALL SELECT ").append(column).append(", NULL, '").append(governor);
      text.append("', ").append(governor).append(" FROM collection_summary_").append(governor);
      text.append(" WHERE ").append(condition);
      parameters.add(List.copyOf(collections));
    }
    Map<Object, Summary> summaries = new HashMap<>();
    collections.forEach(key -> summaries.put(key, Summary.empty(governors)));
    for (Fact fact : session.list(new Sql(text.toString(), parameters), Catalog::fact)) {
      add(fact, summaries);
    }
    summaries.values().stream()
        .filter(summary -> summary.typeIds().isEmpty())
        .forEach(summary -> summary.governors().values().forEach(Set::clear));
    return summaries;
  }

  private static Fact fact(Row row) throws SQLException {
    return new Fact(
        Objects.requireNonNull(row.keyOrNull(1)),
        row.integerOrNull(2),
        row.text(3),
        row.textOrNull(4));
  }

  private static void add(Fact fact, Map<Object, Summary> summaries) {
    Summary summary = summaries.get(fact.key());
    if (summary == null) {
      return;
    }
    if (fact.typeId() != null) {
      summary.typeIds().add(fact.typeId());
    } else if (fact.value() != null) {
      Objects.requireNonNull(summary.governors().get(fact.governor())).add(fact.value());
    }
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
    String text =
        "SELECT "
            + TYPE_COLUMNS
            + " FROM dataset_type t WHERE "
            + session.dialect().inList("t.name", ListElement.TEXT);
    return byName(session, Sql.of(text, List.copyOf(names)));
  }

  /// Every dataset type by name, in the order of their registration.
  public Map<String, TypeRow> types(Session session) throws SQLException {
    return byName(session, Sql.of("SELECT " + TYPE_COLUMNS + " FROM dataset_type t ORDER BY t.id"));
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

  /// A row as it is read, before its dimensions are known.
  private record RawType(
      long id,
      String name,
      String storageClass,
      long group,
      String tags,
      @Nullable String calibs) {}

  private Map<String, TypeRow> byName(Session session, Sql sql) throws SQLException {
    List<RawType> rows =
        session.list(
            sql,
            row ->
                new RawType(
                    row.integer(1),
                    row.text(2),
                    row.text(3),
                    row.integer(4),
                    row.text(5),
                    row.textOrNull(6)));
    Map<String, TypeRow> types = new LinkedHashMap<>();
    for (RawType raw : rows) {
      DimensionGroup dimensions = group(session, raw.group());
      DatasetType type =
          new DatasetType(raw.name(), dimensions, raw.storageClass(), raw.calibs() != null);
      types.put(raw.name(), new TypeRow(raw.id(), type, raw.tags(), raw.calibs()));
    }
    return types;
  }

  /// The dimensions that a group's key stands for.
  public DimensionGroup group(Session session, long key) throws SQLException {
    if (key == EMPTY_GROUP) {
      return universe.emptyGroup();
    }
    DimensionGroup known = groups.get(key);
    if (known == null) {
      readGroups(session);
      known = groups.get(key);
    }
    if (known == null) {
      throw new ButlerException.Internal(
          "The registry has no dimensions for the group with key " + key + ".", null);
    }
    return known;
  }

  private void readGroups(Session session) throws SQLException {
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
    names.forEach((key, members) -> groups.putIfAbsent(key, universe.group(members)));
  }
}
