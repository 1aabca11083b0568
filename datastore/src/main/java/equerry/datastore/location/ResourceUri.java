package equerry.datastore.location;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/// An absolute URI of a file or a root, split as Python's `urlsplit` splits it.
///
/// `java.net.URI` is not used because records hold URIs that it refuses (spaces in a path or
/// fragment) and authorities that it cannot take apart (`profile@tenant:bucket`).
///
/// @param kind kind of storage, derived from the scheme
/// @param scheme scheme in lower case
/// @param netloc authority as written, empty for local files
/// @param path path as written, usually percent-encoded, with its leading `/`
/// @param query query as written, empty when there is none
/// @param fragment fragment as written, empty when there is none
public record ResourceUri(
    StorageKind kind, String scheme, String netloc, String path, String query, String fragment) {

  /// Splits a URI; empty when it has no scheme that we know.
  public static Optional<ResourceUri> parse(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return Optional.empty();
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    Optional<StorageKind> kind = StorageKind.ofScheme(scheme);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    String rest = text.substring(colon + 1);
    int hash = rest.indexOf('#');
    String fragment = hash < 0 ? "" : rest.substring(hash + 1);
    rest = hash < 0 ? rest : rest.substring(0, hash);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    String netloc = "";
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      netloc = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    return Optional.of(new ResourceUri(kind.get(), scheme, netloc, rest, query, fragment));
  }

  /// The `file` URI of an absolute POSIX path that is not encoded.
  public static ResourceUri ofLocalPath(String plainPath, String fragment) {
    String path = PercentCoding.encodePath(normalized(plainPath));
    return new ResourceUri(StorageKind.LOCAL, "file", "", path, "", fragment);
  }

  /// The path with its encoding undone.
  public String decodedPath() {
    return PercentCoding.decode(path);
  }

  /// The decoded path without `//`, `.` and `..`: for local files, the path on this machine.
  public String localPath() {
    return normalized(decodedPath());
  }

  /// The decoded path without leading slashes: an object's key, a path below a host.
  public String key() {
    String plain = decodedPath();
    int start = 0;
    while (start < plain.length() && plain.charAt(start) == '/') {
      start++;
    }
    return plain.substring(start);
  }

  /// This URI with a `/` at its end.
  public ResourceUri asDirectory() {
    return path.endsWith("/") ? this : withPath(path + "/", query, fragment);
  }

  /// The file below this directory.
  ///
  /// @param relative path that is not encoded, without `..`
  /// @param relativeFragment fragment of the result
  public ResourceUri resolve(String relative, String relativeFragment) {
    String joined = asDirectory().path + PercentCoding.encodePath(relative);
    return withPath(normalized(joined), "", relativeFragment);
  }

  private ResourceUri withPath(String newPath, String newQuery, String newFragment) {
    return new ResourceUri(kind, scheme, netloc, newPath, newQuery, newFragment);
  }

  /// Collapses `//`, `.` and `..` as POSIX does; `..` at the start of a relative path is kept.
  static String normalized(String path) {
    boolean absolute = path.startsWith("/");
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".")) {
        continue;
      }
      if (!segment.equals("..")) {
        segments.addLast(segment);
      } else if (!segments.isEmpty() && !segments.getLast().equals("..")) {
        segments.removeLast();
      } else if (!absolute) {
        segments.addLast(segment);
      }
    }
    String joined = String.join("/", segments);
    return absolute ? "/" + joined : joined;
  }

  /// The URI in its text form, with query and fragment as written.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(scheme).append("://").append(netloc).append(path);
    if (!query.isEmpty()) {
      out.append('?').append(query);
    }
    if (!fragment.isEmpty()) {
      out.append('#').append(fragment);
    }
    return out.toString();
  }
}
