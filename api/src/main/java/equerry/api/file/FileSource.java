package equerry.api.file;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Tells where the files of a butler's datasets can be read.
public interface FileSource {
  /// The files of datasets; those without are left out.
  Map<UUID, List<Located>> find(List<UUID> ids);

  /// How long what it tells can be used.
  Lifetime lifetime();

  /// How long a URI can be used.
  enum Lifetime {
    /// For minutes: such URIs must not be recorded.
    MINUTES,
    /// As long as the file is there.
    LASTING
  }

  /// A file that can be read.
  ///
  /// @param record what its datastore remembers of it
  /// @param uri absolute URI of the file without the fragment that names a member of a zip file:
  ///     `file:`, `s3:`, `http(s):` with all that it takes to read it
  record Located(FileRecord record, String uri) {}
}
