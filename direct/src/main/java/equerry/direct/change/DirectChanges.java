package equerry.direct.change;

import equerry.api.Changes;
import equerry.api.collection.CollectionEdits;
import equerry.api.dataset.DatasetEdits;
import equerry.api.dataset.DatasetTypeEdits;
import equerry.api.dimension.RecordEdits;
import equerry.datastore.write.StoreWriter;
import equerry.registry.write.RegistryChanges;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// [Changes] of a registry and the datastores beside it.
record DirectChanges(RegistryChanges rows, StagedFiles staged, FileChanges files)
    implements Changes {
  DirectChanges(RegistryChanges rows, StagedFiles staged, StoreWriter stores) {
    this(rows, staged, new FileChanges(rows, stores, staged));
  }

  @Override
  public CollectionEdits collections() {
    return rows.collections();
  }

  @Override
  public DatasetTypeEdits datasetTypes() {
    return rows.datasetTypes();
  }

  @Override
  public RecordEdits records() {
    return rows.records();
  }

  @Override
  public DatasetEdits datasets() {
    return rows.datasets();
  }

  @Override
  public <T extends @Nullable Object> T nested(Function<Changes, T> work) {
    int mark = staged.mark();
    try {
      return rows.nested(() -> work.apply(this));
    } catch (RuntimeException failure) {
      staged.undoTo(mark);
      throw failure;
    }
  }
}
