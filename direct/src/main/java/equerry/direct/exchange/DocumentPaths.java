package equerry.direct.exchange;

import equerry.datastore.location.ResourceUri;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the files of a document are.
final class DocumentPaths {
  private DocumentPaths() {}

  /// The place of a file.
  ///
  /// @param folder a folder or its URI that relative paths start at, null to leave them as they are
  /// @param path a path or URI of the document
  static String resolve(@Nullable String folder, String path) {
    if (folder == null
        || path.startsWith("/")
        || path.startsWith("file:")
        || path.contains("://")) {
      return path;
    }
    return ResourceUri.parse(folder)
        .map(uri -> uri.asDirectory().resolve(path, "").toString())
        .orElseGet(() -> Path.of(folder).toAbsolutePath().normalize() + "/" + path);
  }
}
