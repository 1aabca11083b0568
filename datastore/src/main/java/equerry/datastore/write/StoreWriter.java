package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.StorageClasses;
import equerry.api.error.ButlerException;
import equerry.api.file.FileDataset;
import equerry.api.file.ReceivedDataset;
import equerry.api.file.StoredFile;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.datastore.WritableStores;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.Storages;
import equerry.datastore.zip.ZipIndex;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes, finds and deletes the files of a repository.
///
/// It asks no registry: what is recorded is handed to it, a batch at a time. In a chain of datastores
/// each one that accepts a dataset gets its files; in-memory datastores, which end with their
/// process, are passed over. Safe for use by many threads; [#close] ends connections.
public final class StoreWriter implements AutoCloseable {
  private final WritableStores stores;
  private final Storages storages;
  private final Stager stager;
  private final PutPlanner puts;
  private final IngestPlanner ingests;
  private final ReceivedPlanner received;
  private final Trash trash;
  private final Presence presence;
  private final Zips zips;

  /// @param stores the datastores of the repository
  /// @param classes the components of composite storage classes
  /// @param environment variables that describe object stores and credentials
  public StoreWriter(
      WritableStores stores, StorageClasses classes, Map<String, String> environment) {
    this.stores = stores;
    this.storages = new Storages(environment);
    this.stager = new Stager(storages);
    this.puts = new PutPlanner(stores, classes);
    this.ingests = new IngestPlanner(stores, new Transfers(storages));
    this.received = new ReceivedPlanner(stores, new Transfers(storages), storages);
    this.trash = new Trash(stores, storages);
    this.presence = new Presence(stores, classes, storages);
    this.zips = new Zips(stores, new Transfers(storages), TemporaryFiles.of(storages, environment));
  }

  /// Stages the contents of datasets.
  ///
  /// @throws ButlerException.Invalid (dataset_rejected) when no datastore accepts one of them,
  ///     (file_template) when no name can be made for it
  public Staged stagePut(List<PutRequest> requests) {
    return stager.stage(puts.plan(requests));
  }

  /// Stages files that exist already. Datasets that no datastore accepts are left out of the records,
  /// as in the stock package.
  ///
  /// @throws ButlerException.NotFound (file_missing) when a file does not exist
  public Staged stageIngest(List<FileDataset> files, TransferMode mode, Validation validation) {
    return stager.stage(ingests.plan(files, mode, validation));
  }

  /// Stages the files of datasets of another repository under the paths that they have there; those
  /// that lie outside of its datastores get names of their own, or stay where they are if the mode
  /// is [TransferMode#AUTO]. Sizes and checksums are those that were known there.
  ///
  /// @param datasets datasets with implied values and dimension records, unless the mode is
  ///     [TransferMode#DIRECT]
  public Staged stageReceived(List<ReceivedDataset> datasets, TransferMode mode) {
    return stager.stage(received.plan(datasets, mode));
  }

  /// Stages a zip file of datasets under the name that its members give it.
  ///
  /// @param zip URI or path
  /// @param index what [#readZipIndex] read; its refs must be registered, in the same transaction at
  ///     the latest
  public Staged stageZip(String zip, ZipIndex index, TransferMode mode) {
    return stager.stage(zips.plan(zip, index, mode));
  }

  /// Reads the index of a zip file and checks it against the members.
  ///
  /// @throws ButlerException.Invalid (zip_index) when it is no zip file of datasets
  public ZipIndex readZipIndex(String zip) {
    return zips.readIndex(zip, stores.universe());
  }

  /// Deletes the files of records that were dropped.
  ///
  /// @param dropped records whose datasets are in the trash
  /// @param referenced the files that other datasets, not in the trash, still have records of
  public TrashReport emptyTrash(List<StoredFile> dropped, Set<ArtifactPath> referenced) {
    return trash.empty(dropped, referenced, Trash.Effect.DELETE);
  }

  /// What [#emptyTrash] would do; nothing is changed.
  public TrashReport rehearseEmptyTrash(List<StoredFile> dropped, Set<ArtifactPath> referenced) {
    return trash.empty(dropped, referenced, Trash.Effect.REHEARSE);
  }

  /// Those of the files that exist. Many are asked for at once where that saves time.
  public Set<StoredFile> findExisting(Collection<StoredFile> files) {
    return presence.existing(files);
  }

  /// Where a dataset's files would be in each datastore that accepts it, if they were put with this
  /// configuration.
  ///
  /// @param ref the whole dataset with implied values and dimension records
  public List<StoredFile> predict(DatasetRef ref) {
    return presence.predicted(ref);
  }

  /// The files of a dataset without records that exist all the same, in the datastores that are
  /// configured to be trusted (`trust_get_request`).
  ///
  /// @param ref the whole dataset with implied values and dimension records
  public List<StoredFile> findUnrecorded(DatasetRef ref) {
    return presence.unrecorded(ref);
  }

  /// The URI of a file, for ingesting it elsewhere.
  public ResourceUri locate(StoredFile file) {
    return presence.artifact(file);
  }

  @Override
  public void close() {
    storages.close();
  }
}
