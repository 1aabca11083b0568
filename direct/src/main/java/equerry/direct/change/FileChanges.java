package equerry.direct.change;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileDataset;
import equerry.api.file.FileEdits;
import equerry.api.file.ReceivedDataset;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.datastore.write.PutRequest;
import equerry.datastore.write.StoreWriter;
import equerry.datastore.zip.ZipIndex;
import equerry.registry.write.RegistryChanges;
import java.util.Collection;
import java.util.List;

/// [FileEdits] on the datastores, with the rows of the registry. Files are staged before rows are
/// written: what takes long goes before the locks.
///
/// @param rows the transaction
/// @param stores the datastores
/// @param files what becomes visible with the commit
record FileChanges(RegistryChanges rows, StoreWriter stores, StagedFiles files)
    implements FileEdits {
  @Override
  public void put(DatasetRef ref, Content content) {
    DatasetRef expanded = rows.expand(List.of(ref)).getFirst();
    files.add(stores.stagePut(List.of(new PutRequest(expanded, content))), List.of(ref), rows);
  }

  @Override
  public void ingest(Collection<FileDataset> given, TransferMode mode, Validation validation) {
    List<DatasetRef> refs = given.stream().flatMap(file -> file.refs().stream()).toList();
    List<FileDataset> named = needsNames(mode) ? expanded(given, refs) : List.copyOf(given);
    files.add(stores.stageIngest(named, mode, validation), refs, rows);
  }

  /// Whether files may come to lie under names that templates give them, of dimension records.
  private static boolean needsNames(TransferMode mode) {
    return switch (mode) {
      case COPY, MOVE, LINK, HARDLINK, SYMLINK, RELSYMLINK, AUTO -> true;
      case IN_PLACE, DIRECT, SPLIT -> false;
    };
  }

  private List<FileDataset> expanded(Collection<FileDataset> given, List<DatasetRef> refs) {
    var full = rows.expand(refs).iterator();
    return given.stream()
        .map(
            file ->
                new FileDataset(
                    file.path(),
                    file.refs().stream().map(ref -> full.next()).toList(),
                    file.formatter()))
        .toList();
  }

  @Override
  public void receive(Collection<ReceivedDataset> given, TransferMode mode) {
    List<DatasetRef> refs = given.stream().map(ReceivedDataset::ref).toList();
    var full = (needsNames(mode) ? rows.expand(refs) : refs).iterator();
    List<ReceivedDataset> named =
        given.stream().map(each -> new ReceivedDataset(full.next(), each.files())).toList();
    files.add(stores.stageReceived(named, mode), refs, rows);
  }

  @Override
  public List<DatasetRef> ingestZip(String location, TransferMode mode) {
    ZipIndex index = stores.readZipIndex(location);
    files.add(stores.stageZip(location, index, mode), index.refs(), rows);
    return index.refs();
  }

  @Override
  public void unstore(Collection<DatasetRef> refs) {
    rows.files().trash().add(refs.stream().map(DatasetRef::id).toList());
  }
}
