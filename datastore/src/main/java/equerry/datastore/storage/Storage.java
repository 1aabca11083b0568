package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.datastore.location.ResourceUri;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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
  StagedFile stage(ResourceUri target, ContentSource source);

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
  /// @param changedAt when it was written or got its name, whichever is later; the distant future
  ///     when the listing does not say
  record ListedFile(ResourceUri uri, long sizeBytes, Instant changedAt) {}

  /// Tells of every upload below a folder that was begun and not completed.
  default void listUploads(ResourceUri folder, Consumer<Upload> visitor) {}

  /// Gives an upload up; one that is not there any more is no failure.
  default void abort(Upload upload) {}

  /// An upload that was begun.
  ///
  /// @param target where the file was to be
  /// @param id what the store calls it
  /// @param begunAt when
  record Upload(ResourceUri target, String id, Instant begunAt) {}

  /// Whether a file's name is one that is given to files which are not visible yet.
  static boolean isPart(String name) {
    return PartNames.PATTERN.matcher(name).matches();
  }

  /// Holds the pattern of the names of files that are not visible yet.
  final class PartNames {
    private static final Pattern PATTERN = Pattern.compile("\\..*\\.[0-9a-f]{8}\\.part");

    private PartNames() {}
  }
}
