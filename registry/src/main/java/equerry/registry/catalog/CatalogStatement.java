package equerry.registry.catalog;

import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A statement that reads several kinds of definitions at once, as a union of rows of one shape.
///
/// Columns: kind ([Kind]), two collection keys, two integers, four texts; each kind says below what
/// it puts there.
final class CatalogStatement {
  /// What a row is.
  enum Kind {
    /// key; type; name.
    COLLECTION,
    /// parent's and child's keys; position.
    CHAIN_LINK,
    /// key of the collection; id of the dataset type.
    SUMMARY_TYPE,
    /// key of the collection; governor, value.
    SUMMARY_GOVERNOR,
    /// id, key of the dimensions; name, storage class, tags table, calibs table.
    DATASET_TYPE
  }

  private static final String NO_INTEGER = "CAST(NULL AS bigint)";
  private static final String NO_TEXT = "CAST(NULL AS text)";
  private static final String SHAPE = "SELECT %d, %s, %s, %s, %s, %s, %s, %s, %s FROM %s";
  private final CollectionKeys keys;
  private final Dialect dialect;
  private final List<String> parts = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private String prefix = "";

  CatalogStatement(CollectionKeys keys, Dialect dialect) {
    this.keys = keys;
    this.dialect = dialect;
  }

  private String noKey() {
    return keys == CollectionKeys.NAME ? NO_TEXT : NO_INTEGER;
  }

  /// Reads these collections and all members of chains among them. Comes before other parts.
  CatalogStatement reach(Collection<String> names) {
    prefix =
        ("WITH RECURSIVE reach(k) AS (SELECT %1$s FROM collection WHERE %2$s UNION"
                + " SELECT cc.child FROM collection_chain cc JOIN reach ON cc.parent = reach.k) ")
            .formatted(keys.primaryKey(), dialect.inList("name", ListElement.TEXT));
    parameters.add(List.copyOf(names));
    return collections(
        "collection c JOIN reach ON c." + keys.primaryKey() + " = reach.k",
        "collection_chain cc JOIN reach ON cc.parent = reach.k");
  }

  /// Reads every collection.
  CatalogStatement everything() {
    return collections("collection c", "collection_chain cc");
  }

  private CatalogStatement collections(String from, String links) {
    String key = "c." + keys.primaryKey();
    part(Kind.COLLECTION, key, noKey(), "c.type", NO_INTEGER, List.of("c.name"), from);
    part(Kind.CHAIN_LINK, "cc.parent", "cc.child", "cc.position", NO_INTEGER, List.of(), links);
    return this;
  }

  /// Reads the summaries of the collections that [#reach] reads, as far as dataset types with these
  /// names are concerned.
  CatalogStatement summariesOfReach(Collection<String> governors, Collection<String> types) {
    String column = keys.collectionColumn();
    summaries(governors, " s JOIN reach ON s." + column + " = reach.k", List.of());
    int index = parts.size() - governors.size() - 1;
    parts.set(
        index,
        parts.get(index)
            + " WHERE s.dataset_type_id IN (SELECT id FROM dataset_type WHERE "
            + dialect.inList("name", ListElement.TEXT)
            + ")");
    parameters.add(List.copyOf(types));
    return this;
  }

  /// Reads the summaries of collections.
  CatalogStatement summaries(Collection<String> governors, Collection<Object> collections) {
    ListElement element = keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER;
    String condition = dialect.inList("s." + keys.collectionColumn(), element);
    return summaries(governors, " s WHERE " + condition, List.of(List.copyOf(collections)));
  }

  private CatalogStatement summaries(
      Collection<String> governors, String rest, List<Object> parametersOfEach) {
    String key = "s." + keys.collectionColumn();
    part(
        Kind.SUMMARY_TYPE,
        key,
        noKey(),
        "s.dataset_type_id",
        NO_INTEGER,
        List.of(),
        "collection_summary_dataset_type" + rest);
    parameters.addAll(parametersOfEach);
    for (String governor : governors) {
      part(
          Kind.SUMMARY_GOVERNOR,
          key,
          noKey(),
          NO_INTEGER,
          NO_INTEGER,
          List.of("'" + governor + "'", "s." + governor),
          "collection_summary_" + governor + rest);
      parameters.addAll(parametersOfEach);
    }
    return this;
  }

  /// Reads the dataset types of these names.
  CatalogStatement types(Collection<String> names) {
    types(" WHERE " + dialect.inList("t.name", ListElement.TEXT));
    parameters.add(List.copyOf(names));
    return this;
  }

  /// Reads every dataset type.
  CatalogStatement allTypes() {
    return types("");
  }

  private CatalogStatement types(String condition) {
    part(
        Kind.DATASET_TYPE,
        noKey(),
        noKey(),
        "t.id",
        "t.dimensions_key",
        List.of(
            "t.name",
            "t.storage_class",
            "t.tag_association_table",
            "t.calibration_association_table"),
        "dataset_type t" + condition);
    return this;
  }

  private void part(
      Kind kind,
      String key,
      String otherKey,
      String integer,
      String otherInteger,
      List<String> texts,
      String from) {
    List<String> four = new ArrayList<>(texts);
    while (four.size() < 4) {
      four.add(NO_TEXT);
    }
    parts.add(
        SHAPE.formatted(
            kind.ordinal(),
            key,
            otherKey,
            integer,
            otherInteger,
            four.get(0),
            four.get(1),
            four.get(2),
            four.get(3),
            from));
  }

  Sql sql() {
    return new Sql(prefix + String.join(" UNION ALL ", parts), List.copyOf(parameters));
  }
}
