package equerry.cli.change;

import equerry.datastore.location.ResourceUri;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Makes absolute places of the files that a table names.
///
/// @param prefix where relative paths start: a folder or the URI of one
record FilePlaces(String prefix) {
  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");

  /// @param prefix empty for the working directory
  static FilePlaces below(String prefix) {
    if (URI.matcher(prefix).matches()) {
      return new FilePlaces(prefix);
    }
    return new FilePlaces(Path.of(prefix).toAbsolutePath().normalize().toString());
  }

  /// The place of a file: a URI, or an absolute path of this machine.
  String resolve(String path) {
    if (URI.matcher(path).matches()) {
      return path;
    }
    if (!URI.matcher(prefix).matches()) {
      return Path.of(prefix).resolve(path).normalize().toString();
    }
    return path.startsWith("/")
        ? path
        : ResourceUri.parse(prefix).orElseThrow().asDirectory().resolve(path, "").toString();
  }
}
