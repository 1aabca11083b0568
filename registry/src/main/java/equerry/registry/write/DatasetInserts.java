package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetIds;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Registers datasets in runs.
final class DatasetInserts {
  /// How often datasets with given identities are looked up again after another process has
  /// registered some of them in between.
  private static final int ATTEMPTS = 3;

  private final WriteScope scope;
  private final Object ingestDate;

  DatasetInserts(WriteScope scope) {
    this.scope = scope;
    this.ingestDate = IngestDate.of(Instant.now(), scope.variant().ingestDates());
  }

  List<DatasetRef> insert(String datasetType, String run, List<DataId> dataIds, IdMode mode)
      throws SQLException {
    TypeRow type = scope.catalog().type(scope.session(), datasetType);
    CollectionRow collection = scope.collection(run, CollectionType.RUN);
    if (dataIds.isEmpty()) {
      return List.of();
    }
    DatasetIds ids = new DatasetIds(mode, type.type(), run);
    List<List<Object>> rows = DataIdRows.of(type, dataIds);
    List<UUID> identities = new ArrayList<>(rows.size());
    rows.forEach(row -> identities.add(ids.make(row)));
    new NewDatasets(collection, type, identities, rows).write(scope, ingestDate);
    List<DatasetRef> refs = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      refs.add(new DatasetRef(identities.get(i), type.type(), dataIds.get(i), run, null));
    }
    return refs;
  }

  List<DatasetRef> adopt(Collection<DatasetRef> refs) throws SQLException {
    Map<String, List<DatasetRef>> byRun = new LinkedHashMap<>();
    refs.forEach(ref -> byRun.computeIfAbsent(ref.run(), run -> new ArrayList<>()).add(ref));
    List<DatasetRef> added = new ArrayList<>();
    for (Map.Entry<String, List<DatasetRef>> group : byRun.entrySet()) {
      CollectionRow run = scope.collection(group.getKey(), CollectionType.RUN);
      for (Map.Entry<TypeRow, List<DatasetRef>> part :
          TagRows.byType(scope, group.getValue()).entrySet()) {
        added.addAll(adopt(run, part.getKey(), part.getValue()));
      }
    }
    return added;
  }

  /// A dataset as it is, or is to be.
  ///
  /// @param run the run's key
  /// @param type the dataset type's id
  private record Known(Object run, long type, List<Object> dataId) {}

  private List<DatasetRef> adopt(CollectionRow run, TypeRow type, List<DatasetRef> refs)
      throws SQLException {
    List<List<Object>> rows = DataIdRows.of(type, refs.stream().map(DatasetRef::dataId).toList());
    Map<UUID, Integer> wanted = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Integer earlier = wanted.putIfAbsent(refs.get(i).id(), i);
      if (earlier != null && !rows.get(earlier).equals(rows.get(i))) {
        throw conflict(
            refs.get(i).id(),
            "is given with two data IDs, %s and %s"
                .formatted(
                    DataIdRows.show(type, rows.get(earlier)), DataIdRows.show(type, rows.get(i))));
      }
    }
    for (int attempt = 1; ; attempt++) {
      Set<UUID> there = verified(run, type, rows, wanted);
      wanted.keySet().removeAll(there);
      if (wanted.isEmpty()) {
        return List.of();
      }
      List<Integer> places = List.copyOf(wanted.values());
      try {
        new NewDatasets(
                run, type, List.copyOf(wanted.keySet()), places.stream().map(rows::get).toList())
            .write(scope, ingestDate);
        return places.stream().map(refs::get).toList();
      } catch (ButlerException.Conflict conflict) {
        if (attempt == ATTEMPTS || verified(run, type, rows, wanted).isEmpty()) {
          throw conflict;
        }
      }
    }
  }

  /// The identities that are registered already, each as it is wanted.
  ///
  /// @param wanted where in the rows the data ID of each identity is
  private Set<UUID> verified(
      CollectionRow run, TypeRow type, List<List<Object>> rows, Map<UUID, Integer> wanted)
      throws SQLException {
    Map<UUID, Known> known = new HashMap<>();
    for (List<UUID> ids : Batches.of(wanted.keySet(), FileRows.BATCH)) {
      known.putAll(known(type, ids));
    }
    known.forEach(
        (id, found) -> {
          if (!found.run().equals(run.key())) {
            throw conflict(id, "is in another run than '" + run.name() + "'");
          }
          if (found.type() != type.id()) {
            throw conflict(id, "is of another type than '" + type.type().name() + "'");
          }
          List<Object> row = rows.get(wanted.getOrDefault(id, -1));
          if (!found.dataId().equals(row)) {
            throw conflict(
                id,
                "has the data ID %s, not %s"
                    .formatted(DataIdRows.show(type, found.dataId()), DataIdRows.show(type, row)));
          }
        });
    return known.keySet();
  }

  private static ButlerException conflict(UUID id, String fact) {
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT, "Dataset " + id + " " + fact + ". Nothing was changed.");
  }

  private Map<UUID, Known> known(TypeRow type, List<UUID> ids) throws SQLException {
    List<String> dimensions = RecordColumns.quoted("t", type.type().dimensions().required());
    List<String> columns = new ArrayList<>();
    String runColumn = scope.variant().collectionKeys().runColumn();
    columns.addAll(List.of("d.id", "d.dataset_type_id", "d." + runColumn));
    columns.addAll(dimensions);
    String text =
        "SELECT %s FROM dataset d LEFT JOIN %s t ON t.dataset_id = d.id AND t.%s = d.%s WHERE %s"
            .formatted(
                String.join(", ", columns),
                RecordColumns.quote(type.tagsTable()),
                scope.variant().collectionKeys().collectionColumn(),
                runColumn,
                scope.session().dialect().inList("d.id", ListElement.UUID));
    return scope
        .session()
        .list(Sql.of(text, ids), row -> Map.entry(row.uuid(1), known(row, dimensions.size())))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Known known(Row row, int dimensions) throws SQLException {
    List<Object> dataId = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      Object value = row.keyOrNull(4 + i);
      if (value != null) {
        dataId.add(value);
      }
    }
    return new Known(Objects.requireNonNull(row.keyOrNull(3)), row.integer(2), List.copyOf(dataId));
  }
}
