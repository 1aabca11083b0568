package equerry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The demo survey's repository as the stock package made it.
public final class DemoFolder {
  private static final String ARCHIVE = "/equerry/direct/demo-repository.zip";

  private DemoFolder() {}

  /// Unpacks it below a folder.
  public static Path make(Path folder) throws IOException {
    Path root = folder.resolve("demo");
    InputStream archive = DemoFolder.class.getResourceAsStream(ARCHIVE);
    try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
    return root;
  }
}
