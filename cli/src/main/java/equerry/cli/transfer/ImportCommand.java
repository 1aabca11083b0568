package equerry.cli.transfer;

import equerry.api.file.TransferMode;
import equerry.api.file.Validation;
import equerry.api.transfer.ImportReport;
import equerry.api.transfer.ImportRequest;
import equerry.api.transfer.ImportRequest.Ingestion;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.CommandFailure;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import equerry.direct.exchange.DirectArrivals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry import`: takes an export into a repository.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes datasets into a repository from an export: a document that lists them, and their files.",
      "What is there already is passed over, so an import that was interrupted is simply run again."
    },
    footer = {
      "",
      "Examples:",
      "  equerry import REPO /data/exported --transfer copy",
      "  equerry import REPO /data/exported --export-file calibs.yaml --skip-files"
    })
public final class ImportCommand extends TransferCommand {
  private static final String DEFAULT_NAME = "export.yaml";

  @Parameters(index = "0", paramLabel = "REPO", description = "The repository that takes them.")
  private String repository = "";

  @Parameters(index = "1", paramLabel = "DIRECTORY", description = "The folder of the files.")
  private String directory = "";

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "How the files come in: auto (default), link, symlink, hardlink, copy, move, relsymlink, "
              + "direct (they stay where they are) or in_place (they lie in the datastore).")
  private TransferMode mode = TransferMode.AUTO;

  @Option(
      names = "--export-file",
      paramLabel = "FILE",
      description =
          "The document: a path, or a name in DIRECTORY. Default: export.yaml in DIRECTORY.")
  private String exportFile = DEFAULT_NAME;

  @Option(
      names = {"-s", "--skip-dimensions"},
      paramLabel = "NAME[,NAME…]",
      description = "Dimensions whose records are left out.")
  private List<String> skipped = new ArrayList<>();

  @Option(
      names = "--no-track-file-attrs",
      negatable = true,
      description = "Do not look at the files' sizes and checksums.")
  private boolean untracked;

  @Option(names = "--skip-files", description = "Register the datasets without files.")
  private boolean skipFiles;

  @Override
  protected void answer() {
    ImportRequest request =
        new ImportRequest(
            document(),
            skipFiles
                ? new Ingestion.Skip()
                : new Ingestion.Ingest(
                    directory, mode, untracked ? Validation.SKIPPED : Validation.RECORDED),
            CommaLists.split(skipped));
    try (WritableDirectButler butler =
            DirectButler.openForWriting(repository, DirectButler.Options.defaults());
        TransferProgress progress = progress()) {
      ImportReport report = new DirectArrivals(butler).importDocument(request, progress);
      progress.close();
      out()
          .printf(
              "Imported %d datasets, %d dimension records and %d associations.%n",
              report.datasets(), report.records(), report.associations());
    }
  }

  /// The document: that in the folder goes before one of the same name in the working directory.
  private Path document() {
    Path given = Path.of(exportFile);
    Path inside = Path.of(directory).resolve(given);
    if (Files.exists(inside)) {
      if (!given.isAbsolute() && Files.exists(given) && !isSame(given, inside)) {
        note("taking the " + exportFile + " in " + directory + ", not the one here.");
      }
      return inside;
    }
    if (!Files.exists(given)) {
      throw new CommandFailure(
          "There is no document " + exportFile + ", here or in " + directory + ".");
    }
    return given;
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }
}
