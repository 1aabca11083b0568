package equerry.api.file;

import equerry.api.dataset.DatasetRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file and the datasets in it.
///
/// @param path a path or URI of the file
/// @param refs its datasets: usually one
/// @param formatter name of the Python class that reads it, null for what the datastore's
///     configuration says
public record FileDataset(String path, List<DatasetRef> refs, @Nullable String formatter) {
  public FileDataset {
    refs = List.copyOf(refs);
    if (refs.isEmpty()) {
      throw new IllegalArgumentException("A file without datasets: " + path);
    }
  }
}
