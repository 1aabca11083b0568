package equerry.datastore.storage;

import equerry.datastore.location.ResourceUri;
import java.net.URI;

/// Addresses of files of web servers.
final class WebAddress {
  private WebAddress() {}

  /// The URL of a URI, whose scheme may be `dav`.
  static URI url(ResourceUri uri) {
    String scheme = uri.scheme().endsWith("s") ? "https" : "http";
    String query = uri.query().isEmpty() ? "" : "?" + uri.query();
    return URI.create(scheme + "://" + uri.netloc() + uri.path() + query);
  }

  /// The folder of a file or folder.
  static ResourceUri parent(ResourceUri uri) {
    String path = uri.path();
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return at(uri, plain.substring(0, plain.lastIndexOf('/') + 1));
  }

  /// Another path, encoded, of the same server.
  static ResourceUri at(ResourceUri uri, String path) {
    return new ResourceUri(uri.kind(), uri.scheme(), uri.netloc(), path, "", "");
  }
}
