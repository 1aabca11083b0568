package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.datastore.location.ResourceUri;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A kind of place for files. Implementations are safe for use by many threads.
///
/// Every failure is a [ButlerException]: `Unavailable` with the code `storage_full`, `read_only` or
/// `file_unavailable`, or `NotFound` (file_missing).
public sealed interface Storage permits LocalStorage, ObjectStorage, WebStorage {
  /// The size of a file; empty when there is no such file.
  OptionalLong sizeBytes(ResourceUri file);

  /// Opens a file.
  ///
  /// @throws ButlerException.NotFound (file_missing)
  InputStream open(ResourceUri file);

  /// Writes a file that is not visible before [StagedFile#place]. On failure nothing stays.
  StagedFile stage(ResourceUri target, FileSource source);

  /// Makes placed files safe against a loss of power.
  void sync(Collection<ResourceUri> placed);

  /// Deletes files; those that do not exist are no failure.
  ///
  /// @return why files could not be deleted
  Map<ResourceUri, ButlerException> delete(Collection<ResourceUri> files);

  /// Tells of every file below a folder, hidden ones included, in any order.
  void list(ResourceUri folder, Consumer<ListedFile> visitor);

  /// A file of a listing.
  ///
  /// @param uri where it is
  /// @param sizeBytes its size, -1 when the listing does not say
  record ListedFile(ResourceUri uri, long sizeBytes) {}
}
