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

  DatasetWriter(WriteScope scope, FileRows files) {
    this.scope = scope;
  }

  @Override
  public List<DatasetRef> insert(String datasetType, String run, List<DataId> dataIds, IdMode ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DatasetRef> adopt(Collection<DatasetRef> refs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void associate(String collection, Collection<DatasetRef> refs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void disassociate(String collection, Collection<DatasetRef> refs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void certify(String collection, Collection<DatasetRef> refs, Timespan timespan) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void decertify(
      String collection,
      String datasetType,
      Timespan timespan,
      @Nullable Collection<DataId> dataIds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(Collection<DatasetRef> refs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void purge(Collection<DatasetRef> refs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeRuns(Collection<String> runs, ChainLinks links) {
    throw new UnsupportedOperationException();
  }
}
