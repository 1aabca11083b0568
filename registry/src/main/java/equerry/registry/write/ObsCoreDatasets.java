package equerry.registry.write;

import equerry.api.dataset.DatasetEdits;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.time.Timespan;
import equerry.registry.obscore.ObsCoreTable;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [DatasetEdits] that keep the ObsCore table as well. What is removed goes from it by itself.
final class ObsCoreDatasets implements DatasetEdits {
  /// Datasets whose records are held at once.
  private static final int BATCH = 1000;

  private final DatasetEdits datasets;
  private final WriteScope scope;
  private final ObsCoreTable table;

  ObsCoreDatasets(DatasetEdits datasets, WriteScope scope, ObsCoreTable table) {
    this.datasets = datasets;
    this.scope = scope;
    this.table = table;
  }

  @Override
  public List<DatasetRef> insert(String datasetType, String run, List<DataId> dataIds, IdMode ids) {
    List<DatasetRef> inserted = datasets.insert(datasetType, run, dataIds, ids);
    addOfRuns(inserted);
    return inserted;
  }

  @Override
  public List<DatasetRef> adopt(Collection<DatasetRef> refs) {
    List<DatasetRef> added = datasets.adopt(refs);
    addOfRuns(refs);
    return added;
  }

  private void addOfRuns(Collection<DatasetRef> refs) {
    add(refs.stream().filter(ref -> table.takesRun(ref.run())).toList());
  }

  /// Adds the rows of datasets that a collection of the table has.
  private void add(Collection<DatasetRef> refs) {
    List<DatasetRef> due =
        refs.stream().filter(ref -> table.datasetTypes().contains(ref.type().name())).toList();
    RefExpander expander = new RefExpander(scope.session());
    for (List<DatasetRef> batch : Batches.of(due, BATCH)) {
      scope.run(() -> table.add(scope.session(), expander.expand(batch)));
    }
  }

  @Override
  public void associate(String collection, Collection<DatasetRef> refs) {
    datasets.associate(collection, refs);
    if (isShown(collection)) {
      add(refs);
    }
  }

  @Override
  public void disassociate(String collection, Collection<DatasetRef> refs) {
    datasets.disassociate(collection, refs);
    if (isShown(collection)) {
      for (List<DatasetRef> batch : Batches.of(refs, BATCH)) {
        List<UUID> ids = batch.stream().map(DatasetRef::id).toList();
        scope.run(() -> table.remove(scope.session(), ids));
      }
    }
  }

  private boolean isShown(String collection) {
    return table.taggedCollection().filter(collection::equals).isPresent();
  }

  @Override
  public void certify(String collection, Collection<DatasetRef> refs, Timespan timespan) {
    datasets.certify(collection, refs, timespan);
  }

  @Override
  public void decertify(
      String collection,
      String datasetType,
      Timespan timespan,
      @Nullable Collection<DataId> dataIds) {
    datasets.decertify(collection, datasetType, timespan, dataIds);
  }

  @Override
  public void remove(Collection<DatasetRef> refs) {
    datasets.remove(refs);
  }

  @Override
  public void purge(Collection<DatasetRef> refs) {
    datasets.purge(refs);
  }

  @Override
  public void removeRuns(Collection<String> runs, ChainLinks links) {
    datasets.removeRuns(runs, links);
  }
}
