package equerry.datastore.location;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kinds of storage that a datastore's files may lie in.
public enum StorageKind {
  /// A file system that this process sees.
  LOCAL("file"),
  /// Amazon S3 or a service with its interface.
  S3("s3"),
  /// Google Cloud Storage.
  GOOGLE("gs"),
  /// A web server, with or without WebDAV; `dav` and `davs` are other words for `http` and `https`.
  WEB("http", "https", "dav", "davs", "webdav", "webdavs");

  private final List<String> schemes;

  StorageKind(String... schemes) {
    this.schemes = List.of(schemes);
  }

  /// The kind that a URI scheme (lower case) belongs to.
  public static Optional<StorageKind> ofScheme(String scheme) {
    return Arrays.stream(values()).filter(kind -> kind.schemes.contains(scheme)).findFirst();
  }
}
