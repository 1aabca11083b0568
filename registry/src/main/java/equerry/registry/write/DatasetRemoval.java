package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.ChainLinks;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.db.Constraint;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Removes datasets and runs. Everything that a foreign key ties to them goes with them; only
/// `dataset_location` holds a dataset back.
final class DatasetRemoval {
  private final WriteScope scope;
  private final TrashRows trash;

  DatasetRemoval(WriteScope scope, TrashRows trash) {
    this.scope = scope;
    this.trash = trash;
  }

  void remove(Collection<DatasetRef> refs) throws SQLException {
    for (List<UUID> ids : Batches.of(TagRows.ids(refs), FileRows.BATCH)) {
      delete(
          scope.session().dialect().inList("id", ListElement.UUID),
          ids,
          "unstore it first, or purge it");
    }
    Milestone.DATASETS_DELETED.passed();
  }

  void purge(Collection<DatasetRef> refs) throws SQLException {
    Collection<UUID> all = TagRows.ids(refs);
    trash.add(all);
    for (List<UUID> ids : Batches.of(all, FileRows.BATCH)) {
      delete(
          scope.session().dialect().inList("id", ListElement.UUID),
          ids,
          "it is in a datastore that this repository's configuration does not name");
    }
    Milestone.DATASETS_DELETED.passed();
  }

  /// Deletes datasets that no datastore has.
  ///
  /// @param condition on a row of `dataset`, with one list parameter
  /// @param remedy what to do about one that a datastore has
  private void delete(String condition, List<?> list, String remedy) throws SQLException {
    Sql stored =
        Sql.of(
            "SELECT l.dataset_id, l.datastore_name FROM dataset_location l WHERE l.dataset_id IN"
                + " (SELECT id FROM dataset WHERE "
                + condition
                + ") LIMIT 1",
            list);
    Optional<String> fact =
        scope
            .session()
            .first(
                stored,
                row ->
                    "Dataset %s has files in datastore '%s'; %s."
                        .formatted(row.uuid(1), row.text(2), remedy));
    if (fact.isPresent()) {
      throw orphaned(fact.get());
    }
    try {
      scope.session().execute(Sql.of("DELETE FROM dataset WHERE " + condition, list));
    } catch (SQLException failure) {
      if (Constraint.broken(failure).equals(Optional.of(Constraint.FOREIGN_KEY))) {
        throw orphaned("One of the datasets has just got a file; try again.");
      }
      throw failure;
    }
  }

  private static ButlerException orphaned(String fact) {
    return new ButlerException.Conflict(ErrorCode.ORPHANED_RECORDS, fact + " Nothing was changed.");
  }

  void removeRuns(Collection<String> names, ChainLinks links) throws SQLException {
    List<Object> runs = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      runs.add(scope.collection(name, CollectionType.RUN).key());
    }
    if (runs.isEmpty()) {
      return;
    }
    lock(runs);
    switch (links) {
      case KEEP -> refuseMembers(runs);
      case UNLINK -> unlink(runs);
    }
    trash.addRuns(runs);
    CollectionKeys keys = scope.variant().collectionKeys();
    delete(
        scope.inKeys(keys.runColumn()),
        runs,
        "it is in a datastore that this repository's configuration does not name");
    scope
        .session()
        .execute(Sql.of("DELETE FROM collection WHERE " + scope.inKeys(keys.primaryKey()), runs));
    Milestone.RUNS_DELETED.passed();
  }

  /// Lets those wait who are about to register datasets in the runs or to put them into chains.
  private void lock(List<Object> runs) throws SQLException {
    String key = scope.variant().collectionKeys().primaryKey();
    for (String table : List.of("collection", "run")) {
      String text =
          "SELECT %1$s FROM %2$s WHERE %3$s ORDER BY %1$s%4$s"
              .formatted(key, table, scope.inKeys(key), scope.session().dialect().rowLock());
      scope.session().list(Sql.of(text, runs), row -> true);
    }
  }

  private void refuseMembers(List<Object> runs) throws SQLException {
    String key = scope.variant().collectionKeys().primaryKey();
    String text =
        "SELECT c.name, p.name FROM collection_chain m JOIN collection c ON c.%1$s = m.child JOIN collection p ON p.%1$s = m.parent WHERE %2$s ORDER BY c.name, p.name LIMIT 1"
            .formatted(key, scope.inKeys("m.child"));
    Optional<String> fact =
        scope
            .session()
            .first(
                Sql.of(text, runs),
                row ->
                    "Run '%s' is in the chain '%s'; take it out of its chains first, or ask for that."
                        .formatted(row.text(1), row.text(2)));
    if (fact.isPresent()) {
      throw orphaned(fact.get());
    }
  }

  private void unlink(List<Object> runs) throws SQLException {
    scope
        .session()
        .execute(Sql.of("DELETE FROM collection_chain WHERE " + scope.inKeys("child"), runs));
    Milestone.RUNS_UNLINKED.passed();
  }
}
