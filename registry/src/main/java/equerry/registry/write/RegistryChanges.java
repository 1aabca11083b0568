package equerry.registry.write;

import equerry.api.collection.CollectionEdits;
import equerry.api.dataset.DatasetEdits;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetTypeEdits;
import equerry.api.dimension.RecordEdits;
import equerry.api.error.ButlerException;
import equerry.registry.obscore.ObsCoreTable;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The changes of a registry in one transaction.
///
/// Everything that a repository's tables hold is written through the views; what is left to the
/// caller are the files of [#trashed] datasets, after the commit.
public final class RegistryChanges {
  private final WriteScope scope;
  private final CollectionWriter collections;
  private final DatasetTypeWriter datasetTypes;
  private final RecordEdits records;
  private final DatasetEdits datasets;
  private final FileRows files;

  public RegistryChanges(WriteScope scope) {
    this.scope = scope;
    this.collections = new CollectionWriter(scope);
    this.datasetTypes = new DatasetTypeWriter(scope);
    this.files = new FileRows(scope);
    RecordEdits recordRows = new RecordWriter(scope);
    this.records =
        scope
            .obsCore()
            .<RecordEdits>map(table -> new ObsCoreRecords(recordRows, scope, table))
            .orElse(recordRows);
    DatasetEdits datasetRows = new DatasetWriter(scope, files);
    this.datasets =
        scope
            .obsCore()
            .<DatasetEdits>map(table -> new ObsCoreDatasets(datasetRows, scope, table))
            .orElse(datasetRows);
  }

  public CollectionEdits collections() {
    return collections;
  }

  public DatasetTypeEdits datasetTypes() {
    return datasetTypes;
  }

  public RecordEdits records() {
    return records;
  }

  public DatasetEdits datasets() {
    return datasets;
  }

  /// The records of files, and which datastore has what.
  public FileRows files() {
    return files;
  }

  /// The rows of an ObsCore table.
  public ObsCoreRows obsCoreRows(ObsCoreTable table) {
    return new ObsCoreRows(scope, table);
  }

  /// These datasets with full data IDs and records, those of this transaction included. Before its
  /// first statement they are read from the last commit, so that nothing is locked for them.
  ///
  /// @throws ButlerException.Invalid (data_id_value, inconsistent_data_id)
  public List<DatasetRef> expand(Collection<DatasetRef> refs) {
    try {
      return scope.look(session -> new RefExpander(session).expand(refs));
    } catch (ButlerException.Invalid unknown) {
      throw new ButlerException.Invalid(unknown.code(), unknown.detail() + " Nothing was changed.");
    }
  }

  /// What part of the trash this transaction has filled.
  public TrashRows.Part trashed() {
    return files.trash().filled();
  }

  /// Runs work that may fail without failing the transaction.
  public <T extends @Nullable Object> T nested(Supplier<T> work) {
    return scope.call(() -> scope.session().nested(same -> work.get()));
  }
}
