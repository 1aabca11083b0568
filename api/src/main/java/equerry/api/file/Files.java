package equerry.api.file;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The files of datasets.
public interface Files {
  /// A dataset and its files: none if it is only registered, several if it was disassembled.
  record DatasetFiles(DatasetRef ref, List<StoredFile> files) {
    public DatasetFiles {
      files = List.copyOf(files);
    }
  }

  /// The files of a dataset by identity.
  Optional<DatasetFiles> find(UUID id);

  /// The files of the first dataset that fits; its data ID comes back full. Without a timespan a
  /// calibration is looked up at the time of its data ID, or at any time.
  ///
  /// @throws ButlerException.NotFound (dataset_not_found, missing_dataset_type, missing_collection)
  /// @throws ButlerException.Invalid (dimension_name, dimension_value, calibration_lookup, …)
  DatasetFiles load(DatasetLookup lookup);

  /// The files of many datasets; those without are left out.
  Map<UUID, List<StoredFile>> findAll(List<UUID> ids);
}
