package equerry.client.wire;

import equerry.api.file.FileRecord;
import java.util.Optional;
import java.util.stream.Stream;

/// A file and the URL under which a client reads it.
///
/// @param url an absolute `http` or `https` URL
/// @param auth what the client must send with it
/// @param record what the datastore remembers of the file
/// @param path the path to report, relative to the datastore's root
public record FileLink(String url, Auth auth, FileRecord record, String path) {
  /// Credentials that a client sends with a URL.
  public enum Auth {
    /// None; the URL itself is the permission.
    NONE("none"),
    /// The user's token of the science platform.
    GAFAELFAWR("gafaelfawr"),
    /// The user's token of the datastore.
    DATASTORE("datastore");

    private final String wireName;

    Auth(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    static Optional<Auth> find(String wireName) {
      return Stream.of(values()).filter(auth -> auth.wireName.equals(wireName)).findFirst();
    }
  }
}
