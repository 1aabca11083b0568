package equerry.datastore.location;

import java.util.Set;

/// POSIX paths as text.
public final class PathText {
  private static final Set<String> COMPRESSIONS = Set.of(".gz", ".bz2", ".xz", ".fz");

  private PathText() {}

  /// Collapses `//`, `.` and `..` as POSIX does; `..` at the start of a relative path is kept.
  public static String normalized(String path) {
    return ResourceUri.normalized(path);
  }

  /// The part after the last slash.
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The end of a file name from its last dot on; with the end before it when the last one names a
  /// compression, as in `.fits.gz`. Empty when there is none.
  public static String extension(String path) {
    String name = name(path);
    int last = name.lastIndexOf('.');
    if (last < 0) {
      return "";
    }
    int before = COMPRESSIONS.contains(name.substring(last)) ? name.lastIndexOf('.', last - 1) : -1;
    return name.substring(before < 0 ? last : before);
  }

  /// The path with another extension.
  public static String withExtension(String path, String extension) {
    String stem = path.substring(0, path.length() - extension(path).length());
    return stem + extension;
  }
}
