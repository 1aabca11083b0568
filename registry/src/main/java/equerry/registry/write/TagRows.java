package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.catalog.Catalog;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Constraint;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Sorts datasets into TAGGED collections.
///
/// What a ref says of its dataset is not trusted: the data ID is copied from the row of its run.
final class TagRows {
  private final WriteScope scope;
  private final String collectionColumn;

  TagRows(WriteScope scope) {
    this.scope = scope;
    this.collectionColumn = scope.variant().collectionKeys().collectionColumn();
  }

  void associate(String name, Collection<DatasetRef> refs) throws SQLException {
    CollectionRow collection = scope.collection(name, CollectionType.TAGGED);
    for (Map.Entry<TypeRow, List<DatasetRef>> group : byType(scope, refs).entrySet()) {
      TypeRow type = group.getKey();
      List<List<Object>> rows =
          DataIdRows.of(type, group.getValue().stream().map(DatasetRef::dataId).toList());
      try {
        scope
            .session()
            .nested(
                session -> {
                  new SummaryRows(scope).ensure(collection, type, rows);
                  for (List<UUID> ids : Batches.of(ids(group.getValue()), FileRows.BATCH)) {
                    session.execute(insert(collection, type, ids));
                    requireAll(collection, type, ids);
                  }
                  return true;
                });
      } catch (SQLException failure) {
        if (Constraint.broken(failure).isEmpty()) {
          throw failure;
        }
        throw conflict(collection, type, group.getValue(), rows, failure);
      }
    }
    Milestone.DATASETS_ASSOCIATED.passed();
  }

  /// Refs by their registered types.
  ///
  /// @throws ButlerException.NotFound (missing_dataset_type)
  static Map<TypeRow, List<DatasetRef>> byType(WriteScope scope, Collection<DatasetRef> refs)
      throws SQLException {
    Map<String, List<DatasetRef>> byName = new LinkedHashMap<>();
    refs.forEach(
        ref -> byName.computeIfAbsent(ref.type().name(), name -> new ArrayList<>()).add(ref));
    Map<String, TypeRow> types = scope.catalog().types(scope.session(), byName.keySet());
    Map<TypeRow, List<DatasetRef>> byType = new LinkedHashMap<>();
    byName.forEach(
        (name, group) -> {
          TypeRow type = types.get(name);
          if (type == null) {
            throw Catalog.missingType(name);
          }
          byType.put(type, group);
        });
    return byType;
  }

  static Set<UUID> ids(Collection<DatasetRef> refs) {
    Set<UUID> ids = new LinkedHashSet<>();
    refs.forEach(ref -> ids.add(ref.id()));
    return ids;
  }

  private Sql insert(CollectionRow collection, TypeRow type, List<UUID> ids) {
    String dimensions = dimensions(type, "");
    String text =
        "INSERT INTO %1$s (dataset_type_id, dataset_id, %2$s%3$s) SELECT t.dataset_type_id,"
            + " t.dataset_id, ?%4$s FROM %5$s ON CONFLICT (dataset_id, %2$s) DO NOTHING";
    return Sql.of(
        text.formatted(
            RecordColumns.quote(type.tagsTable()),
            collectionColumn,
            dimensions,
            dimensions(type, "t."),
            inRun(scope, type)),
        collection.key(),
        type.id(),
        ids);
  }

  private static String dimensions(TypeRow type, String prefix) {
    StringBuilder text = new StringBuilder();
    type.type()
        .dimensions()
        .required()
        .forEach(name -> text.append(", ").append(prefix).append(RecordColumns.quote(name)));
    return text.toString();
  }

  /// The rows `t` of datasets in their runs; takes the type's id and a list of identities.
  static String inRun(WriteScope scope, TypeRow type) {
    return "%s t JOIN dataset d ON d.id = t.dataset_id AND d.%s = t.%s WHERE t.dataset_type_id = ? AND %s"
        .formatted(
            RecordColumns.quote(type.tagsTable()),
            scope.variant().collectionKeys().runColumn(),
            scope.variant().collectionKeys().collectionColumn(),
            scope.session().dialect().inList("t.dataset_id", ListElement.UUID));
  }

  /// Finds out whether all of these datasets are in a collection now.
  private void requireAll(CollectionRow collection, TypeRow type, List<UUID> ids)
      throws SQLException {
    String text =
        "SELECT dataset_id FROM %s WHERE %s = ? AND %s"
            .formatted(
                RecordColumns.quote(type.tagsTable()),
                collectionColumn,
                scope.session().dialect().inList("dataset_id", ListElement.UUID));
    Set<UUID> missing = new LinkedHashSet<>(ids);
    scope
        .session()
        .list(Sql.of(text, collection.key(), ids), row -> row.uuid(1))
        .forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw missing(type, missing.iterator().next());
    }
  }

  static ButlerException missing(TypeRow type, UUID id) {
    return new ButlerException.NotFound(
        ErrorCode.DATASET_NOT_FOUND,
        "There is no dataset %s of type '%s'. Nothing was changed."
            .formatted(id, type.type().name()));
  }

  private ButlerException conflict(
      CollectionRow collection,
      TypeRow type,
      List<DatasetRef> refs,
      List<List<Object>> rows,
      SQLException failure)
      throws SQLException {
    Map<List<Object>, UUID> wanted = new HashMap<>();
    String fact = "";
    for (int i = 0; i < rows.size(); i++) {
      UUID other = wanted.put(rows.get(i), refs.get(i).id());
      if (other != null && !other.equals(refs.get(i).id())) {
        fact = taken(collection, type, new Taken(other, rows.get(i)));
      }
    }
    for (List<List<Object>> some : Batches.of(rows, Tuples.BATCH)) {
      for (Taken taken : Taken.in(scope, collection, type, some)) {
        if (!taken.id().equals(wanted.get(taken.dataId()))) {
          fact = taken(collection, type, taken);
        }
      }
    }
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        (fact.isEmpty()
                ? "Collection '%s' cannot take these datasets of type '%s': it holds another one, or a ref has another data ID than its dataset."
                    .formatted(collection.name(), type.type().name())
                : fact)
            + " Nothing was changed.",
        failure);
  }

  private static String taken(CollectionRow collection, TypeRow type, Taken taken) {
    return "Collection '%s' takes one dataset of type '%s' and data ID %s; that is %s."
        .formatted(
            collection.name(),
            type.type().name(),
            DataIdRows.show(type, taken.dataId()),
            taken.id());
  }

  void disassociate(String name, Collection<DatasetRef> refs) throws SQLException {
    CollectionRow collection = scope.collection(name, CollectionType.TAGGED);
    for (Map.Entry<TypeRow, List<DatasetRef>> group : byType(scope, refs).entrySet()) {
      String text =
          "DELETE FROM %s WHERE %s = ? AND %s"
              .formatted(
                  RecordColumns.quote(group.getKey().tagsTable()),
                  collectionColumn,
                  scope.session().dialect().inList("dataset_id", ListElement.UUID));
      for (List<UUID> ids : Batches.of(ids(group.getValue()), FileRows.BATCH)) {
        scope.session().execute(Sql.of(text, collection.key(), ids));
      }
    }
  }
}
