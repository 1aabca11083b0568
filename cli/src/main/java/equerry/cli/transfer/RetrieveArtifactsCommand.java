package equerry.cli.transfer;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.file.TransferMode;
import equerry.api.query.ResultStream;
import equerry.api.transfer.DatasetSelection;
import equerry.datastore.write.RetrieveOptions;
import equerry.datastore.write.RetrieveOptions.Layout;
import equerry.datastore.write.RetrieveOptions.Present;
import equerry.datastore.write.RetrievedFile;
import equerry.datastore.write.Retriever;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry retrieve-artifacts`: brings the files of datasets into a folder.
@Command(
    name = "retrieve-artifacts",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Brings the files of datasets into a folder, or into a zip file in it.",
    footer = {
      "",
      "Examples:",
      "  equerry retrieve-artifacts REPO /tmp/coadds -d deep_coadd --collections meadow/latest",
      "  equerry retrieve-artifacts REPO /tmp/out -d raw --where \"exposure=5\" --zip"
    })
public final class RetrieveArtifactsCommand extends TransferCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description = "The repository: its folder, its butler.yaml, or a server's URL.")
  private String repository = "";

  @Parameters(index = "1", paramLabel = "DESTINATION", description = "The folder.")
  private String destination = "";

  @Mixin private DatasetOptions datasets = new DatasetOptions();

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "How: auto (default), link, symlink, hardlink, copy or relsymlink.")
  private TransferMode mode = TransferMode.AUTO;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell where each file is now.")
  private boolean verbose;

  @Option(
      names = "--no-preserve-path",
      negatable = true,
      description = "Leave the folders of the datastore out: all files in one folder.")
  private boolean flat;

  @Option(names = "--clobber", negatable = true, description = "Overwrite files that are there.")
  private boolean clobber;

  @Option(names = "--zip", negatable = true, description = "Put all files into a zip file.")
  private boolean zip;

  @Override
  protected void answer() {
    Path folder = Path.of(destination);
    try (Source source = Source.open(repository);
        Retriever retriever = new Retriever(System.getenv())) {
      List<DatasetRef> refs = find(source);
      if (refs.isEmpty()) {
        out().println("No datasets matched query.");
        return;
      }
      ExportCommand.makeFolder(folder);
      Present present = clobber ? Present.OVERWRITE : Present.REFUSE;
      if (zip) {
        out()
            .println("Zip file written to " + retriever.zip(refs, source.files(), folder, present));
        return;
      }
      RetrieveOptions options =
          new RetrieveOptions(bringing(), flat ? Layout.NAMES : Layout.PATHS, present);
      tell(retriever.retrieve(refs, source.files(), folder, options));
    }
  }

  private TransferMode bringing() {
    return switch (mode) {
      case AUTO, COPY, LINK, HARDLINK, SYMLINK, RELSYMLINK -> mode;
      case MOVE, DIRECT, IN_PLACE, SPLIT ->
          throw unusable("--transfer " + mode.label() + " does not bring files anywhere.");
    };
  }

  private void tell(List<RetrievedFile> retrieved) {
    if (verbose) {
      out().println("Transferred the following to " + destination + ":");
      retrieved.forEach(file -> out().println(file.file()));
      out().println();
    }
    out()
        .println(
            "Number of artifacts retrieved into destination "
                + destination
                + ": "
                + retrieved.size());
  }

  /// Each dataset once; the index beside the files names all of them.
  private List<DatasetRef> find(Source source) {
    DatasetSelection selection = datasets.select(source.butler(), this);
    Map<UUID, DatasetRef> refs = new LinkedHashMap<>();
    for (DatasetType type : selection.types()) {
      try (ResultStream<DatasetRef> stream = selection.stream(type, Expansion.RECORDS)) {
        stream.forEach(ref -> refs.putIfAbsent(ref.id(), ref));
      }
    }
    return List.copyOf(refs.values());
  }
}
