package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Row;
import equerry.registry.db.Sql;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of an ObsCore table, for datasets that came before it or were written by somebody who did
/// not keep it.
public final class ObsCoreRows {
  private final WriteScope scope;
  private final ObsCoreTable table;

  ObsCoreRows(WriteScope scope, ObsCoreTable table) {
    this.scope = scope;
    this.table = table;
  }

  /// Datasets that should have a row and have none, in the order of their identities.
  ///
  /// @param datasetType one that the table shows; it need not be registered
  /// @param after the last dataset of the page before
  /// @param limit how many at most
  public List<DatasetRef> findMissing(String datasetType, UUID after, int limit) {
    return scope.call(
        () -> {
          TypeRow type =
              scope.catalog().types(scope.session(), List.of(datasetType)).get(datasetType);
          return type == null ? List.<DatasetRef>of() : findMissing(type, after, limit);
        });
  }

  private List<DatasetRef> findMissing(TypeRow type, UUID after, int limit) throws SQLException {
    CollectionKeys keys = scope.variant().collectionKeys();
    List<String> dimensions = type.type().dimensions().required();
    List<String> columns = new ArrayList<>(List.of("t.dataset_id", "r.name"));
    columns.addAll(RecordColumns.quoted("t", dimensions));
    String text =
        """
        SELECT %1$s FROM %2$s t JOIN dataset d ON d.id = t.dataset_id
        JOIN collection r ON r.%3$s = d.%4$s
        WHERE t.dataset_type_id = ? AND %5$s AND t.dataset_id > ? AND NOT EXISTS
        (SELECT 1 FROM %6$s o WHERE o.%7$s = t.dataset_id) ORDER BY t.dataset_id LIMIT %8$d"""
            .formatted(
                String.join(", ", columns),
                RecordColumns.quote(type.tagsTable()),
                keys.primaryKey(),
                keys.runColumn(),
                scope.inKeys("t." + keys.collectionColumn()),
                table.name(),
                ObsCoreTable.DATASET,
                limit);
    return scope
        .session()
        .list(Sql.of(text, type.id(), shown(), after), row -> ref(type, dimensions.size(), row));
  }

  private static DatasetRef ref(TypeRow type, int dimensions, Row row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      values.add(row.keyOrNull(3 + i));
    }
    DataId dataId = DataId.of(type.type().dimensions(), values);
    return new DatasetRef(row.uuid(1), type.type(), dataId, row.text(2), null);
  }

  /// The keys of the collections whose datasets have rows.
  private List<Object> shown() throws SQLException {
    List<Object> keys = new ArrayList<>();
    for (CollectionRow row : scope.catalog().everything(scope.session()).byKey().values()) {
      boolean isShown =
          row.type() == CollectionType.RUN
              ? table.takesRun(row.name())
              : row.type() == CollectionType.TAGGED
                  && table.taggedCollection().filter(row.name()::equals).isPresent();
      if (isShown) {
        keys.add(row.key());
      }
    }
    return keys;
  }

  /// Adds the rows of datasets; those that have one keep it.
  public void add(Collection<DatasetRef> refs) {
    scope.run(() -> table.add(scope.session(), new RefExpander(scope.session()).expand(refs)));
  }
}
