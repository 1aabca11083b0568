package equerry.datastore.write;

import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.FileFaults;
import equerry.datastore.storage.LocalStorage;
import equerry.datastore.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// Files that must be on this machine for a while: those of other storages are copied into a folder
/// of the system's (`java.io.tmpdir`, or the one configured), never into the working directory.
record TemporaryFiles(Storages storages, Path folder) {
  /// The variable that names the folder for temporary files, if it is not to be the system's.
  static final String FOLDER = "LSST_RESOURCES_TMPDIR";

  /// A file of this machine; closing removes it when it is a copy.
  record Borrowed(Path path, boolean isCopy) implements AutoCloseable {
    @Override
    public void close() {
      if (isCopy) {
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          throw FileFaults.deleting(path.toString(), e);
        }
      }
    }
  }

  /// The folder that the environment names, or the system's.
  static TemporaryFiles of(Storages storages, Map<String, String> environment) {
    return new TemporaryFiles(
        storages, Path.of(environment.getOrDefault(FOLDER, System.getProperty("java.io.tmpdir"))));
  }

  /// The file itself, or a copy.
  Borrowed borrow(ResourceUri uri) {
    if (storages.of(uri) instanceof LocalStorage) {
      return new Borrowed(LocalStorage.path(uri), false);
    }
    try (InputStream in = storages.of(uri).open(uri)) {
      Path copy = Files.createTempFile(folder, "equerry-", ".tmp");
      Borrowed borrowed = new Borrowed(copy, true);
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return borrowed;
      } catch (IOException e) {
        borrowed.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFaults.writing("a temporary file", e);
    }
  }
}
