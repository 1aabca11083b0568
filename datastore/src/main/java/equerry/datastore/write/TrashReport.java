package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.file.StoredFile;
import java.util.List;

/// What became of files whose datasets were dropped.
///
/// @param settled records that may be forgotten: their file is gone, is still used by other
///     datasets, or was never the butler's to delete
/// @param deleted the files that were deleted, or would be
/// @param failures the files that could not be deleted; their records must be kept for the next try
public record TrashReport(
    List<StoredFile> settled, List<ArtifactPath> deleted, List<Failure> failures) {
  public TrashReport {
    settled = List.copyOf(settled);
    deleted = List.copyOf(deleted);
    failures = List.copyOf(failures);
  }

  /// A file that could not be deleted, and why.
  public record Failure(ArtifactPath artifact, ButlerException reason) {}
}
