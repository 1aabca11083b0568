package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileSource.Located;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where files lie that are ingested, and whether that is within a datastore.
final class Origins {
  private Origins() {}

  /// Reads a URI or path.
  ///
  /// @param base the folder, with a `/` at its end, that a relative path starts at
  static ResourceUri parse(String text, ResourceUri base) {
    if (text.contains("://") || text.startsWith("file:")) {
      return ResourceUri.parse(text)
          .filter(uri -> uri.path().startsWith("/") && !uri.path().endsWith("/"))
          .orElseThrow(
              () ->
                  new ButlerException.Invalid(
                      ErrorCode.MALFORMED,
                      "'"
                          + text
                          + "' is no URI of a file that we know; known are file, s3, gs, http,"
                          + " https, dav and davs."));
    }
    return text.startsWith("/")
        ? ResourceUri.ofLocalPath(text, "")
        : base.resolve(PathText.normalized(text), "");
  }

  /// Where a file of another repository, or of a server, can be read.
  static ResourceUri of(Located file) {
    return ResourceUri.parse(file.uri())
        .orElseThrow(
            () ->
                new ButlerException.Internal(
                    "A file of another repository has no URI that can be read.", null));
  }

  /// The path of a file below a root, not encoded; empty when it lies elsewhere.
  static Optional<String> below(ResourceUri root, ResourceUri file) {
    if (root.kind() != file.kind() || !root.netloc().equals(file.netloc())) {
      return Optional.empty();
    }
    Optional<String> written = below(root.localPath(), file.localPath());
    return written.isEmpty() && root.kind() == StorageKind.LOCAL
        ? belowBehindLinks(root, file)
        : written;
  }

  private static Optional<String> below(String root, String file) {
    String folder = root.endsWith("/") ? root : root + "/";
    return file.startsWith(folder) && file.length() > folder.length()
        ? Optional.of(file.substring(folder.length()))
        : Optional.empty();
  }

  /// The last part of the path may itself be a link, which counts where it lies.
  private static Optional<String> belowBehindLinks(ResourceUri root, ResourceUri file) {
    try {
      Path path = Path.of(file.localPath());
      Path folder = path.getParent();
      if (folder == null) {
        return Optional.empty();
      }
      Path real = folder.toRealPath().resolve(path.getFileName());
      return below(Path.of(root.localPath()).toRealPath().toString(), real.toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Whether two URIs name one file.
  static boolean same(ResourceUri a, ResourceUri b) {
    if (a.kind() != b.kind() || !a.netloc().equals(b.netloc())) {
      return false;
    }
    return a.localPath().equals(b.localPath())
        || a.kind() == StorageKind.LOCAL
            && sameName(Path.of(a.localPath()), Path.of(b.localPath()));
  }

  /// One name in one folder: two hard links are two files here, since one of them may go.
  private static boolean sameName(Path a, Path b) {
    Path folderOfA = a.getParent();
    Path folderOfB = b.getParent();
    try {
      return folderOfA != null
          && folderOfB != null
          && a.getFileName().equals(b.getFileName())
          && Files.isSameFile(folderOfA, folderOfB);
    } catch (IOException e) {
      return false;
    }
  }
}
