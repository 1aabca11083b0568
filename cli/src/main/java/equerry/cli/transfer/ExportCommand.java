package equerry.cli.transfer;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.transfer.ExportRequest;
import equerry.direct.exchange.Departures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry export`: writes datasets and their files into a folder, for `import`.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes datasets of a repository into a folder: a document that lists them, with all that",
      "another repository needs to take them in, and their files. Run again, it goes on."
    },
    footer = {
      "",
      "Examples:",
      "  equerry export REPO /data/exported -d deep_coadd --collections meadow/latest",
      "  equerry export REPO /data/exported --collections LarkCam/calib --limit 0 --transfer none"
    })
public final class ExportCommand extends TransferCommand {
  @Parameters(index = "0", paramLabel = "REPO", description = "The repository.")
  private String repository = "";

  @Parameters(
      index = "1",
      paramLabel = "DIRECTORY",
      description = "The folder, which is made if it is not there.")
  private String directory = "";

  @Mixin private DatasetOptions datasets = new DatasetOptions();

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "How the files come out: auto (default), link, symlink, hardlink, copy, relsymlink, "
              + "direct (they stay, the document has their URIs) or none (they stay, the document "
              + "has their paths in the datastore).")
  private ExportMode mode = ExportMode.AUTO;

  @Option(
      names = "--export-file",
      paramLabel = "NAME",
      description = "Name of the document. Default: ${DEFAULT-VALUE}.",
      defaultValue = "export.yaml")
  private String exportFile = "export.yaml";

  @Override
  protected void answer() {
    Path folder = Path.of(directory);
    makeFolder(folder);
    try (Source from = Source.open(repository);
        Departures departures = new Departures(from.butler(), from.files(), System.getenv());
        TransferProgress progress = progress()) {
      List<String> collections =
          datasets.collections.isEmpty() ? List.of() : datasets.chosenCollections(from.butler());
      long count =
          departures.export(
              new ExportRequest(
                  folder.resolve(exportFile),
                  datasets.select(from.butler(), this),
                  collections,
                  mode.into(folder)),
              progress);
      progress.close();
      out().printf("Exported %d datasets into %s.%n", count, folder.resolve(exportFile));
    }
  }

  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE, "The folder " + folder + " cannot be made.", failure);
    }
  }
}
