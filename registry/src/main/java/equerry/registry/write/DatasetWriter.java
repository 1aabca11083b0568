package equerry.registry.write;

import equerry.api.dataset.DatasetEdits;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.time.Timespan;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [DatasetEdits] on the tables.
final class DatasetWriter implements DatasetEdits {
  private final WriteScope scope;
  private final FileRows files;

  DatasetWriter(WriteScope scope, FileRows files) {
    this.scope = scope;
    this.files = files;
  }

  @Override
  public List<DatasetRef> insert(String datasetType, String run, List<DataId> dataIds, IdMode ids) {
    return scope.call(() -> new DatasetInserts(scope).insert(datasetType, run, dataIds, ids));
  }

  @Override
  public List<DatasetRef> adopt(Collection<DatasetRef> refs) {
    return scope.call(() -> new DatasetInserts(scope).adopt(refs));
  }

  @Override
  public void associate(String collection, Collection<DatasetRef> refs) {
    scope.run(() -> new TagRows(scope).associate(collection, refs));
  }

  @Override
  public void disassociate(String collection, Collection<DatasetRef> refs) {
    scope.run(() -> new TagRows(scope).disassociate(collection, refs));
  }

  @Override
  public void certify(String collection, Collection<DatasetRef> refs, Timespan timespan) {
    scope.run(() -> new ValidityRows(scope).certify(collection, refs, timespan));
  }

  @Override
  public void decertify(
      String collection,
      String datasetType,
      Timespan timespan,
      @Nullable Collection<DataId> dataIds) {
    scope.run(() -> new ValidityRows(scope).decertify(collection, datasetType, timespan, dataIds));
  }

  @Override
  public void remove(Collection<DatasetRef> refs) {
    scope.run(() -> removal().remove(refs));
  }

  @Override
  public void purge(Collection<DatasetRef> refs) {
    scope.run(() -> removal().purge(refs));
  }

  @Override
  public void removeRuns(Collection<String> runs, ChainLinks links) {
    scope.run(() -> removal().removeRuns(runs, links));
  }

  private DatasetRemoval removal() {
    return new DatasetRemoval(scope, files.trash());
  }
}
