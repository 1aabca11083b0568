package equerry.api.dataset;

import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registers datasets, sorts them into collections and removes them. Files are the matter of
/// [equerry.api.file.FileEdits].
///
/// Refs need no more than id, type, run and required values.
public interface DatasetEdits {
  /// How identities are made.
  enum IdMode {
    /// A random one (UUIDv7).
    UNIQUE,
    /// Made of dataset type and data ID (UUIDv5): the same in every repository and run.
    DATA_ID,
    /// Made of dataset type, run and data ID (UUIDv5).
    DATA_ID_RUN
  }

  /// Registers new datasets in a run.
  ///
  /// @param dataIds their data IDs, with or without implied values, all of the type's dimensions
  /// @return a ref for each data ID, in order
  /// @throws ButlerException.NotFound (missing_dataset_type, missing_collection)
  /// @throws ButlerException.Conflict (conflict) when the run has a dataset of the type and a data
  ///     ID, or a record that a data ID names is not there
  List<DatasetRef> insert(String datasetType, String run, List<DataId> dataIds, IdMode ids);

  /// Registers datasets that have an identity; those that are there already, with the same type,
  /// run and data ID, are passed over.
  ///
  /// @return the refs that were new
  /// @throws ButlerException.Conflict (conflict) when an id or a data ID is taken by another dataset
  List<DatasetRef> adopt(Collection<DatasetRef> refs);

  /// Adds datasets to a TAGGED collection; those in it already are passed over.
  ///
  /// @throws ButlerException.Conflict (conflict) when another dataset has the type and data ID there
  /// @throws ButlerException.Invalid (collection_type)
  void associate(String collection, Collection<DatasetRef> refs);

  /// Takes datasets out of a TAGGED collection; those not in it are passed over.
  void disassociate(String collection, Collection<DatasetRef> refs);

  /// Makes datasets valid in a CALIBRATION collection for a time.
  ///
  /// @throws ButlerException.Conflict (conflict) when another is valid for a data ID at a time of it
  /// @throws ButlerException.Invalid (dataset_type, collection_type)
  void certify(String collection, Collection<DatasetRef> refs, Timespan timespan);

  /// Ends validity during a time; ranges that reach out of it are cut or split.
  ///
  /// @param dataIds only for these, null for all
  void decertify(
      String collection,
      String datasetType,
      Timespan timespan,
      @Nullable Collection<DataId> dataIds);

  /// Forgets datasets that have no files.
  ///
  /// @throws ButlerException.Conflict (orphaned_records) when one has files
  void remove(Collection<DatasetRef> refs);

  /// Removes datasets with their files, from every collection. Those not there are passed over.
  void purge(Collection<DatasetRef> refs);

  /// Removes runs with all their datasets and files.
  ///
  /// @throws ButlerException.Conflict (orphaned_records), before anything is removed, when a run is
  ///     in a chain and stays there
  void removeRuns(Collection<String> runs, ChainLinks links);

  /// What to do with chains that a removed run is in.
  enum ChainLinks {
    KEEP,
    UNLINK
  }
}
