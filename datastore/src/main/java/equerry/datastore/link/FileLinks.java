package equerry.datastore.link;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.datastore.Datastores;
import equerry.datastore.FileStore;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SignedTarget;
import equerry.datastore.location.PercentCoding;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.object.ObjectLinks;

/// Makes the links to a server's files.
///
/// No file is looked at: a record is enough. One instance serves all repositories and threads.
public final class FileLinks {
  private final LinkMode mode;
  private final SignedPaths signedPaths;
  private final ObjectLinks objectLinks;

  /// @param mode what kind of links to make
  /// @param signedPaths signer of the links to local files
  /// @param objectLinks signer of the links to object stores
  public FileLinks(LinkMode mode, SignedPaths signedPaths, ObjectLinks objectLinks) {
    this.mode = mode;
    this.signedPaths = signedPaths;
    this.objectLinks = objectLinks;
  }

  /// The link to a file.
  ///
  /// @param datastores the datastores of the repository
  /// @param label the repository's label
  /// @param baseUrl scheme, host and port under which the client reached us, such as
  ///     `http://127.0.0.1:8080`, without a path
  /// @throws ButlerException.Unavailable when the storage cannot be linked to
  public Link linkFor(StoredFile file, Datastores datastores, String label, String baseUrl) {
    FileStore store =
        datastores
            .find(file.datastore())
            .orElseThrow(
                () ->
                    new ButlerException.Unavailable(
                        ErrorCode.FILE_UNAVAILABLE,
                        "The repository's configuration names no datastore '"
                            + file.datastore()
                            + "'.",
                        null));
    return switch (RecordPath.parse(file.record().path())) {
      case RecordPath.Relative relative -> {
        ResourceUri uri = store.root().resolve(relative.plain(), relative.fragment());
        yield link(uri, new SignedTarget.InStore(label, store.tag(), relative.plain()), baseUrl);
      }
      case RecordPath.Absolute absolute ->
          link(absolute.uri(), new SignedTarget.Direct(label, absolute.uri().localPath()), baseUrl);
    };
  }

  /// The path of a record as clients are told it: relative and not encoded, with its fragment.
  public static String wirePath(FileRecord record) {
    return RecordPath.parse(record.path()).wireForm();
  }

  private Link link(ResourceUri uri, SignedTarget target, String baseUrl) {
    return switch (uri.kind()) {
      case LOCAL ->
          new Link(baseUrl + signedPaths.pathFor(target) + suffix(uri.fragment()), LinkAuth.NONE);
      case S3 -> new Link(objectLinks.amazon(uri), LinkAuth.NONE);
      case GOOGLE -> new Link(objectLinks.google(uri), LinkAuth.NONE);
      case WEB -> webLink(uri);
    };
  }

  private Link webLink(ResourceUri uri) {
    return switch (mode) {
      case UNMODIFIED -> new Link(webUrl(uri), LinkAuth.DATASTORE);
      case SIGNED ->
          throw new ButlerException.Unavailable(
              ErrorCode.FILE_UNAVAILABLE,
              "The file lies on a web server, for which this server cannot sign links; it can serve"
                  + " such files only with 'cadc' authentication.",
              null);
    };
  }

  /// A user name or password in the root is the server's own and is not told to clients.
  private static String webUrl(ResourceUri uri) {
    boolean secure = uri.scheme().endsWith("s");
    String query = uri.query().isEmpty() ? "" : "?" + uri.query();
    return (secure ? "https://" : "http://")
        + uri.netloc().substring(uri.netloc().lastIndexOf('@') + 1)
        + uri.path()
        + query
        + suffix(uri.fragment());
  }

  private static String suffix(String fragment) {
    return fragment.isEmpty() ? "" : "#" + PercentCoding.encodeFragment(fragment);
  }
}
