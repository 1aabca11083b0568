package equerry.direct;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a repository's `butler.yaml` that reading needs.
///
/// @param root what `<butlerRoot>` stands for: the folder of the file, or the file's `root` entry
/// @param database the registry's database URL, `<butlerRoot>` replaced
/// @param namespace the registry's schema, null for the database's own
/// @param datastore the `datastore` section as it is written, null for all defaults
/// @param storageClasses the `storageClasses` section as it is written, null when there is none
/// @param written everything, as it is written, with the files that it includes
public record RepositoryConfig(
    String root,
    String database,
    @Nullable String namespace,
    @Nullable Map<?, ?> datastore,
    @Nullable Map<?, ?> storageClasses,
    Map<?, ?> written) {
  private static final String FILE_NAME = "butler.yaml";
  private static final String ROOT_PLACEHOLDER = "<butlerRoot>";
  private static final String DEFAULT_DATABASE = "sqlite:///" + ROOT_PLACEHOLDER + "/gen3.sqlite3";
  private static final String SQLITE = "sqlite:///";
  private static final String DIRECT = "lsst.daf.butler.direct_butler.DirectButler";

  /// The file of a SQLite database.
  public Optional<Path> databaseFile() {
    return database.startsWith(SQLITE)
        ? Optional.of(Path.of(database.substring(SQLITE.length())))
        : Optional.empty();
  }

  /// Reads the configuration of a repository.
  ///
  /// @param location a folder with a `butler.yaml`, such a file, a URI of either (`file`, `http(s)`,
  ///     `s3`, `gs`), or a label of the [RepositoryIndex]
  /// @param environment names the object stores and their keys, and the index
  /// @throws ButlerException.Unavailable (repository_unavailable) when there is no such file
  /// @throws ButlerException.Invalid (configuration) naming every fault of the file
  public static RepositoryConfig read(String location, Map<String, String> environment) {
    RepositoryIndex index = RepositoryIndex.of(environment);
    String place = index.resolve(location);
    return RemoteConfiguration.isRemote(place)
        ? readRemote(place, environment)
        : readLocal(file(place), index.hint(location));
  }

  private static RepositoryConfig readRemote(String location, Map<String, String> environment) {
    String file =
        location.endsWith(".yaml") ? location : location.replaceFirst("/*$", "/" + FILE_NAME);
    Map<?, ?> yaml = YamlText.mapping(RemoteConfiguration.read(file, environment), FILE_NAME);
    return parse(yaml, file.substring(0, file.lastIndexOf('/')));
  }

  private static RepositoryConfig readLocal(Path file, String hint) {
    if (!Files.isRegularFile(file)) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "The repository has no configuration: no file " + FILE_NAME + " is at its place." + hint,
          null);
    }
    try {
      return parse(YamlText.mapping(file), String.valueOf(file.toAbsolutePath().getParent()));
    } catch (IOException unreadable) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "The repository's " + FILE_NAME + " cannot be read.",
          unreadable);
    }
  }

  /// The configuration file that a location means.
  ///
  /// @throws ButlerException.Invalid (configuration) for a URI of another scheme, or what is neither
  ///     a path nor a URI
  static Path file(String location) {
    try {
      Path path = location.startsWith("file:") ? Path.of(URI.create(location)) : plain(location);
      return Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
    } catch (IllegalArgumentException | FileSystemNotFoundException malformed) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The place of a repository is neither a path nor a file: URI.",
          malformed);
    }
  }

  private static Path plain(String location) {
    if (location.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*")) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "A repository configuration must be a local path or a file, http(s), s3 or gs URI, not '"
              + location.substring(0, location.indexOf(':'))
              + ":'.");
    }
    return Path.of(location);
  }

  private static RepositoryConfig parse(Map<?, ?> yaml, String folder) {
    List<String> faults = new ArrayList<>();
    Object cls = yaml.get("cls");
    if (cls != null && !DIRECT.equals(cls)) {
      faults.add("cls is '" + cls + "'; only repositories of " + DIRECT + " can be opened");
    }
    Object rootEntry = yaml.get("root");
    String root = rootEntry == null ? folder : text(rootEntry, "root", faults);
    Map<?, ?> registry = section(yaml.get("registry"), "registry", faults);
    Object db = registry == null ? null : registry.get("db");
    String database = db == null ? DEFAULT_DATABASE : text(db, "registry.db", faults);
    Object schema = registry == null ? null : registry.get("namespace");
    String namespace = schema == null ? null : text(schema, "registry.namespace", faults);
    Map<?, ?> datastore = section(yaml.get("datastore"), "datastore", faults);
    Map<?, ?> storageClasses = section(yaml.get("storageClasses"), "storageClasses", faults);
    String localRoot = localRoot(root, faults);
    String url = database.replace(ROOT_PLACEHOLDER, localRoot);
    if (url.startsWith("postgresql") && !isUri(url)) {
      faults.add("registry.db is not a valid database URL");
    }
    if (!faults.isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The repository's " + FILE_NAME + " cannot be used: " + String.join("; ", faults) + ".");
    }
    return new RepositoryConfig(root, url, namespace, datastore, storageClasses, yaml);
  }

  private static String localRoot(String root, List<String> faults) {
    try {
      return root.startsWith("file:") ? Path.of(URI.create(root)).toString() : root;
    } catch (IllegalArgumentException | FileSystemNotFoundException malformed) {
      faults.add("root is not a valid URI");
      return "";
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).getScheme() != null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static String text(Object value, String where, List<String> faults) {
    if (value instanceof String text) {
      return text;
    }
    faults.add(where + " is " + value + ", where a string is expected");
    return "";
  }

  private static @Nullable Map<?, ?> section(
      @Nullable Object value, String where, List<String> faults) {
    if (value == null || value instanceof Map<?, ?>) {
      return (Map<?, ?>) value;
    }
    faults.add(where + " is " + value + ", where a mapping is expected");
    return null;
  }
}
