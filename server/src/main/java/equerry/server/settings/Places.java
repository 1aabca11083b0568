package equerry.server.settings;

import equerry.api.error.ButlerException;
import equerry.datastore.local.SigningKeys;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Settings that are places on this machine, looked at before the server starts.
final class Places {
  private final List<String> faults;

  Places(List<String> faults) {
    this.faults = faults;
  }

  private Optional<Path> path(String name, String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      faults.add(name + " must be a path, not '" + text.replace('\0', '?') + "'");
      return Optional.empty();
    }
  }

  /// A directory that is there and can be read.
  Optional<Path> directory(String name, String text) {
    Optional<Path> directory = path(name, text);
    directory.ifPresent(path -> checkDirectory(name, path));
    return directory;
  }

  /// Directories of the command line and of the configuration file.
  List<Path> directories(String name, List<Path> given, List<String> texts) {
    given.forEach(path -> checkDirectory(name, path));
    return Stream.concat(
            given.stream(), texts.stream().flatMap(text -> directory(name, text).stream()))
        .toList();
  }

  private void checkDirectory(String name, Path path) {
    if (!Files.isDirectory(path)) {
      faults.add(name + " must be a directory, which " + path + " is not");
    } else if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      faults.add(name + ": the server may not read the directory " + path);
    }
  }

  /// A file with usable keys, or one that can be made.
  Optional<Path> signingKeys(String name, Optional<Path> given, Optional<String> text) {
    Optional<Path> file = given.or(() -> text.flatMap(value -> path(name, value)));
    file.ifPresent(path -> checkSigningKeys(name, path));
    return file;
  }

  private void checkSigningKeys(String name, Path file) {
    if (Files.exists(file)) {
      try {
        SigningKeys.loadOrCreate(file);
      } catch (ButlerException.Invalid e) {
        faults.add(name + " " + file + ": " + e.detail());
      }
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      faults.add(name + " " + file + " is not there and cannot be made in its directory");
    }
  }
}
