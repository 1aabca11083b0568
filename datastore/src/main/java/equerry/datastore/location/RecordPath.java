package equerry.datastore.location;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.regex.Pattern;

/// The `path` of a file record, taken apart by the rules of the stock package.
///
/// - A path with `://` or a leading `file:` is a URI and stays as it is; a path with a leading `/`
///   is an absolute local path. Both are files ingested where they lay ("direct").
/// - Any other path is relative to the datastore's root and not encoded. What follows the last `#`
///   of its last segment is the fragment (`#zip-path=…`).
/// - A relative path that holds something like `%2F` (upper case) is taken as encoded and decoded,
///   as the stock package does.
///
/// Unlike the stock package, `~` and `$NAME` in a record mean themselves, and a relative path that
/// leaves the root is refused.
public sealed interface RecordPath {
  /// A file below the datastore's root.
  ///
  /// @param plain normalized path, not encoded, never empty and without `..`
  /// @param fragment fragment as written, empty when there is none
  /// @param wireForm the path as the record has it
  record Relative(String plain, String fragment, String wireForm) implements RecordPath {}

  /// A file anywhere.
  record Absolute(ResourceUri uri) implements RecordPath {
    @Override
    public String wireForm() {
      String key = uri.key();
      return uri.fragment().isEmpty() ? key : key + "#" + uri.fragment();
    }
  }

  /// The path as clients are told it: always relative, since they could not reach an absolute one
  /// and would store it in their own records.
  String wireForm();

  /// Reads the path of a record.
  ///
  /// @throws ButlerException.Internal for a path that names no file or leaves the root; the record
  ///     is then a fault of the repository
  static RecordPath parse(String path) {
    if (path.indexOf('\0') >= 0) {
      throw faulty("it holds a NUL character", path.replace("\0", "\\0"));
    }
    if (path.contains("://") || path.startsWith("file:")) {
      ResourceUri uri =
          ResourceUri.parse(path)
              .filter(parsed -> parsed.path().startsWith("/") && !parsed.path().endsWith("/"))
              .filter(parsed -> parsed.decodedPath().indexOf('\0') < 0)
              .orElseThrow(() -> unusable(path));
      return new Absolute(uri);
    }
    return fromPlain(path);
  }

  private static RecordPath fromPlain(String path) {
    int hash = path.lastIndexOf('#');
    boolean hasFragment = hash > path.lastIndexOf('/');
    String fragment = hasFragment ? path.substring(hash + 1) : "";
    String text = hasFragment ? path.substring(0, hash) : path;
    String plain = Escapes.FOUND.matcher(path).find() ? PercentCoding.decode(text) : text;
    plain = PercentCoding.decode(ResourceUri.normalized(plain));
    if (plain.startsWith("/")) {
      return new Absolute(ResourceUri.ofLocalPath(plain, fragment));
    }
    String normalized = ResourceUri.normalized(plain);
    if (normalized.isEmpty() || text.endsWith("/")) {
      throw faulty("it names no file", path);
    }
    if (normalized.equals("..") || normalized.startsWith("../") || plain.indexOf('\0') >= 0) {
      throw faulty("it leads out of the datastore's root", path);
    }
    return new Relative(normalized, fragment, path);
  }

  private static ButlerException faulty(String why, String path) {
    return new ButlerException.Internal(
        "The file record with path '" + path + "' cannot be used: " + why + ".", null);
  }

  private static ButlerException unusable(String path) {
    int end = Math.max(path.indexOf(':'), 0);
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "The file record has a URI of the kind '"
            + path.substring(0, end)
            + ":' that names no file we can reach; known are file, s3, gs, http, https, dav, davs.",
        null);
  }

  /// Holds the pattern by which the stock package decides that a path is encoded already.
  final class Escapes {
    private static final Pattern FOUND = Pattern.compile("%[A-F0-9]{2}");

    private Escapes() {}
  }
}
