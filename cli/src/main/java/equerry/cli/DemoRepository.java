package equerry.cli;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.api.transfer.ImportRequest;
import equerry.api.transfer.ImportRequest.Ingestion;
import equerry.api.transfer.TransferListener;
import equerry.cli.shell.CommandFailure;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import equerry.direct.create.NewRepository;
import equerry.direct.exchange.DirectArrivals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A repository of the make-believe Meadow survey, made of the files that come with the program.
final class DemoRepository {
  private static final String RESOURCE = "/equerry/demo/survey.zip";
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

  /// Makes the repository at a place where there is none yet. It is made beside it and moved there
  /// as a whole, so that a broken start leaves nothing half made.
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
      Path work = Files.createTempDirectory(parent, "equerry-demo-");
      try {
        Path made = work.resolve("repository");
        fill(made, unpack(work.resolve("survey")));
        Files.deleteIfExists(root);
        Files.move(made, root, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(work);
      }
    } catch (IOException failure) {
      throw new CommandFailure(
          "The demo repository cannot be made at %s (%s); name another place with --root."
              .formatted(root, failure.getMessage()),
          failure);
    }
  }

  /// Makes a repository and takes the survey in: what its document lists, and its bundles.
  private static void fill(Path root, Path survey) throws IOException {
    NewRepository.at(root).create(Map.of());
    try (WritableDirectButler butler =
        DirectButler.openForWriting(root.toString(), DirectButler.Options.defaults())) {
      Ingestion files =
          new Ingestion.Ingest(survey.toString(), TransferMode.MOVE, Validation.RECORDED);
      new DirectArrivals(butler)
          .importDocument(
              new ImportRequest(survey.resolve("export.yaml"), files, Set.of()),
              TransferListener.NONE);
      for (Path bundle : bundles(survey)) {
        List<DatasetRef> refs = butler.stores().readZipIndex(bundle.toString()).refs();
        butler.write(
            changes -> {
              refs.forEach(ref -> changes.datasetTypes().register(ref.type()));
              return changes.files().ingestZip(bundle.toString(), TransferMode.MOVE);
            });
      }
    }
  }

  private static List<Path> bundles(Path survey) throws IOException {
    try (Stream<Path> files = Files.walk(survey.resolve("zips"))) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
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

  private static Path unpack(Path target) throws IOException {
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
    return target;
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
