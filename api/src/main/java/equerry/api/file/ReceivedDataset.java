package equerry.api.file;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileSource.Located;
import java.util.List;

/// A dataset that comes from another repository, with its files there.
///
/// @param ref the dataset
/// @param files its files: several when it is stored in parts
public record ReceivedDataset(DatasetRef ref, List<Located> files) {
  public ReceivedDataset {
    files = List.copyOf(files);
  }
}
