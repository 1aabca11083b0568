package equerry.registry.lookup;

import equerry.api.collection.CollectionType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.CollectionSelection;
import equerry.registry.catalog.Globs;
import equerry.registry.catalog.Scope;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A dataset type and the collections to search for it, as they were when they were last read.
///
/// A search path is kept and used again without asking. Therefore it comes with an expression that
/// computes, from the tables as they are, a text that is equal to [#fingerprint] as long as all that
/// was assumed still holds: each collection's key, name and type, each chain's members and their
/// order, the dataset type's row. Look-ups select that expression beside their result.
///
/// @param type the dataset type
/// @param collections where to look, in order, without chains
/// @param check the expression; its parameters are keys that were assumed
/// @param fingerprint its value when the path was read
record SearchPath(TypeRow type, List<CollectionRow> collections, Sql check, String fingerprint) {

  /// How often a path that changes while it is read is read again.
  private static final int ATTEMPTS = 5;

  /// What a path is made of.
  private record Definitions(TypeRow type, Scope scope) {
    static Definitions read(
        Catalog catalog, Session session, String datasetType, List<String> names)
        throws SQLException {
      boolean globs = names.stream().anyMatch(Globs::isGlob);
      return new Definitions(
          catalog.type(session, datasetType),
          globs ? catalog.everything(session) : catalog.scope(session, names));
    }
  }

  /// Reads a search path. The definitions are read before and after the fingerprint is taken, so
  /// that it is the fingerprint of just these.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type, missing_collection)
  /// @throws ButlerException.Unavailable when they change all the time
  static SearchPath read(Catalog catalog, Session session, String datasetType, List<String> names)
      throws SQLException {
    Definitions before = Definitions.read(catalog, session, datasetType, names);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Sql check = check(catalog.keys(), session.dialect(), before.scope(), before.type());
      String fingerprint =
          session
              .first(new Sql("SELECT " + check.text(), check.parameters()), row -> row.text(1))
              .orElseThrow();
      Definitions after = Definitions.read(catalog, session, datasetType, names);
      if (after.equals(before)) {
        List<CollectionRow> collections = CollectionSelection.leaves(before.scope(), names);
        return new SearchPath(before.type(), collections, check, fingerprint);
      }
      before = after;
    }
    throw tooFast(names);
  }

  /// The error for collections that change faster than they can be read.
  static ButlerException tooFast(List<String> names) {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "The collections " + names + " change too fast to be searched. Try again.",
        null);
  }

  private static Sql check(CollectionKeys keys, Dialect dialect, Scope scope, TypeRow type) {
    ListElement element = keys == CollectionKeys.NAME ? ListElement.TEXT : ListElement.INTEGER;
    String key = "c." + keys.primaryKey();
    String collections =
        "(SELECT "
            + dialect.joinedText(key + " || ' ' || c.type || ' ' || c.name", key)
            + " FROM collection c WHERE "
            + dialect.inList(key, element)
            + ")";
    String chains =
        "(SELECT "
            + dialect.joinedText(
                "cc.parent || ' ' || cc.position || ' ' || cc.child", "cc.parent, cc.position")
            + " FROM collection_chain cc WHERE "
            + dialect.inList("cc.parent", element)
            + ")";
    String datasetType =
        "coalesce((SELECT t.name || ' ' || t.storage_class || ' ' || t.dimensions_key || ' ' ||"
            + " t.tag_association_table || ' ' || coalesce(t.calibration_association_table, '')"
            + " FROM dataset_type t WHERE t.id = ?), '')";
    List<Object> all = List.copyOf(scope.byKey().keySet());
    List<Object> parents =
        scope.byKey().values().stream()
            .filter(row -> row.type() == CollectionType.CHAINED)
            .map(CollectionRow::key)
            .toList();
    return Sql.of(
        collections + " || '|' || " + chains + " || '|' || " + datasetType,
        all,
        parents,
        type.id());
  }

  /// The place of each collection in the search.
  Map<Object, Integer> ranks() {
    Map<Object, Integer> ranks = new HashMap<>();
    collections.forEach(row -> ranks.putIfAbsent(row.key(), ranks.size()));
    return ranks;
  }
}
