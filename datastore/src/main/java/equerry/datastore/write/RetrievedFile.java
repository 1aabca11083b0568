package equerry.datastore.write;

import equerry.api.file.FileRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// A file that was brought into a folder.
///
/// @param file where it is now
/// @param record one of its records
/// @param datasetIds the datasets in it that were asked for
public record RetrievedFile(Path file, FileRecord record, List<UUID> datasetIds) {
  public RetrievedFile {
    datasetIds = List.copyOf(datasetIds);
  }
}
