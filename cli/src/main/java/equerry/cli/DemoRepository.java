package equerry.cli;

import equerry.cli.shell.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The repository of the make-believe Meadow survey that comes with the program.
final class DemoRepository {
  private static final String RESOURCE = "/equerry/demo/repository.zip";
  private static final String CONFIG = "butler.yaml";

  private DemoRepository() {}

  /// Where the repository is kept unless another place is named.
  static Path defaultRoot() {
    String data = System.getenv("XDG_DATA_HOME");
    Path base =
        data == null || data.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return base.resolve("equerry").resolve("demo");
  }

  /// Makes the repository at a place where there is none yet. It is unpacked beside it and moved
  /// there as a whole, so that a broken start leaves nothing half made.
  ///
  /// @throws CommandFailure when something else is at that place, or it cannot be written
  static void make(Path root) {
    if (Files.isRegularFile(root.resolve(CONFIG))) {
      return;
    }
    try {
      if (isOccupied(root)) {
        throw new CommandFailure(
            root + " holds something else than the demo; name another place with --root.");
      }
      Path parent = Files.createDirectories(root.toAbsolutePath().getParent());
      Path unpacked = Files.createTempDirectory(parent, "equerry-demo-");
      try {
        unpack(unpacked);
        Files.deleteIfExists(root);
        Files.move(unpacked, root, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(unpacked);
      }
    } catch (IOException failure) {
      throw new CommandFailure(
          "The demo repository cannot be made at %s (%s); name another place with --root."
              .formatted(root, failure.getMessage()),
          failure);
    }
  }

  private static boolean isOccupied(Path root) throws IOException {
    if (!Files.exists(root)) {
      return false;
    }
    if (!Files.isDirectory(root)) {
      return true;
    }
    try (Stream<Path> files = Files.list(root)) {
      return files.findAny().isPresent();
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream resource = DemoRepository.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException("the program lacks its demo repository");
      }
      ZipInputStream zip = new ZipInputStream(resource);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry of the demo repository lies outside of it");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
    }
  }
}
