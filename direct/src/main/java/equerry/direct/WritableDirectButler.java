package equerry.direct;

import equerry.api.Changes;
import equerry.api.WritableButler;
import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.doctor.Ailment;
import equerry.api.file.Files;
import equerry.api.file.StoredFile;
import equerry.api.query.Queries;
import equerry.datastore.write.StoreWriter;
import equerry.direct.change.ChangeRunner;
import equerry.direct.change.Trash;
import equerry.registry.ObsCoreUpdate;
import equerry.registry.WritableRegistry;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A butler straight on a repository's database and datastores, for reading and writing.
public final class WritableDirectButler implements WritableButler {
  private final DirectButler readable;
  private final WritableRegistry registry;
  private final StoreWriter stores;
  private final ChangeRunner changes;

  WritableDirectButler(DirectButler readable, WritableRegistry registry, StoreWriter stores) {
    this.readable = readable;
    this.registry = registry;
    this.stores = stores;
    this.changes = new ChangeRunner(registry, stores);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Changes, T> work) {
    return changes.run(work);
  }

  /// The same repository, for reading.
  public DirectButler readable() {
    return readable;
  }

  /// The files of the repository.
  public StoreWriter stores() {
    return stores;
  }

  /// The files of datasets that were given up, here or by other programs.
  public Trash trash() {
    return changes.trash();
  }

  /// Mends what the tables tell how to mend (see [equerry.registry.doctor.Examination]).
  public void mend(Ailment ailment) {
    registry.mend(ailment);
  }

  /// Adds records of files that are there, for datasets whose records were lost.
  public void restoreRecords(Collection<StoredFile> files) {
    registry.write(
        rows -> {
          rows.files().add(files);
          return files.size();
        });
  }

  /// What brings the ObsCore table up to date.
  ///
  /// @throws equerry.api.error.ButlerException.NotFound (configuration) when there is none
  public ObsCoreUpdate obsCoreUpdate() {
    return new ObsCoreUpdate(registry);
  }

  @Override
  public DimensionUniverse universe() {
    return readable.universe();
  }

  @Override
  public Collections collections() {
    return readable.collections();
  }

  @Override
  public DatasetTypes datasetTypes() {
    return readable.datasetTypes();
  }

  @Override
  public Datasets datasets() {
    return readable.datasets();
  }

  @Override
  public Queries queries() {
    return readable.queries();
  }

  @Override
  public Files files() {
    return readable.files();
  }

  @Override
  public void close() {
    stores.close();
    registry.close();
  }
}
