package equerry.datastore;

import equerry.api.file.StoredFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;

/// The file datastores of a repository, in the order in which they are asked for a dataset.
///
/// A chain is flattened, since its order is all that reading needs of it. A repository with
/// in-memory datastores only has none.
///
/// @param files the stores, first to be asked first
public record Datastores(List<FileStore> files) {
  public Datastores {
    files = List.copyOf(files);
  }

  /// The store with a name as `dataset_location` has it.
  public Optional<FileStore> find(String name) {
    return files.stream().filter(store -> store.name().equals(name)).findFirst();
  }

  /// The store with a [FileStore#tag].
  public Optional<FileStore> findByTag(String tag) {
    return files.stream().filter(store -> store.tag().equals(tag)).findFirst();
  }

  /// Of all files recorded for one dataset, those that serve it: the ones of the first store that
  /// has any. Records of stores that the configuration does not name do not count.
  public List<StoredFile> serving(List<StoredFile> recorded) {
    for (FileStore store : files) {
      List<StoredFile> held =
          recorded.stream().filter(file -> file.datastore().equals(store.name())).toList();
      if (!held.isEmpty()) {
        return held;
      }
    }
    return List.of();
  }

  /// What is wrong with the stores on this machine now, in sentences; empty when nothing is. Only
  /// local roots are looked at: object stores have no directories to look for.
  public List<String> faults() {
    return files.stream().flatMap(store -> fault(store).stream()).toList();
  }

  private static Optional<String> fault(FileStore store) {
    try {
      return store
          .localRoot()
          .filter(root -> !Files.isDirectory(root))
          .map(root -> "The root of datastore '" + store.name() + "' is not a directory.");
    } catch (InvalidPathException e) {
      return Optional.of(
          "The root of datastore '"
              + store.name()
              + "' cannot be named here; run with a UTF-8 locale (LC_ALL=C.UTF-8).");
    }
  }
}
