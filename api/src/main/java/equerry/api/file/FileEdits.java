package equerry.api.file;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// Stores files of datasets and removes them.
public interface FileEdits {
  /// Stores a new dataset: registers it and places its file, or one file for each component.
  ///
  /// @throws ButlerException.Conflict (conflict) when the dataset is there already
  /// @throws ButlerException.Unavailable (file_unavailable, storage_full, …); nothing is changed then
  void put(DatasetRef ref, Content content);

  /// Takes in files that exist. Their datasets are registered where they are not yet.
  ///
  /// @throws ButlerException.Conflict (conflict) when a dataset has a file already
  void ingest(Collection<FileDataset> files, TransferMode mode, Validation validation);

  /// Takes in datasets of another repository with what that one remembers of their files, which get
  /// the same paths here. Their datasets are registered where they are not yet.
  ///
  /// @throws ButlerException.Conflict (conflict) when a dataset has a file already
  void receive(Collection<ReceivedDataset> datasets, TransferMode mode);

  /// Takes in a bundle that a butler's `retrieve-artifacts --zip` made. Its dataset types must be
  /// registered.
  ///
  /// @return its datasets
  List<DatasetRef> ingestZip(String location, TransferMode mode);

  /// Removes the files of datasets, which stay registered. Those without files are passed over.
  void unstore(Collection<DatasetRef> refs);

  /// What a new dataset holds.
  sealed interface Content {
    /// One file.
    ///
    /// @param source its bytes
    record Whole(Source source) implements Content {}

    /// A composite that is stored in parts.
    ///
    /// @param parts the bytes of each component, by name
    record Parts(java.util.Map<String, Source> parts) implements Content {
      public Parts {
        parts = java.util.Map.copyOf(parts);
      }
    }
  }

  /// Bytes to store.
  sealed interface Source {
    record Bytes(byte[] bytes) implements Source {}

    /// A local file, which is copied.
    record LocalFile(Path path) implements Source {}
  }
}
