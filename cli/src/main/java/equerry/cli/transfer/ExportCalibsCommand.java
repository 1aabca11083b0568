package equerry.cli.transfer;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.ResultStream;
import equerry.api.selection.Selection.Search;
import equerry.api.transfer.DatasetSelection;
import equerry.api.transfer.ExportRequest;
import equerry.cli.query.DatasetConstraint;
import equerry.cli.shell.CommandFailure;
import equerry.direct.exchange.Departures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry export-calibs`: writes certified calibrations and their files into a new folder.
@Command(
    name = "export-calibs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the calibrations of CALIBRATION collections, with their validity ranges and files,",
      "into a new folder, for import elsewhere."
    },
    footer = {"", "Example:", "  equerry export-calibs REPO /data/calibs LarkCam/calib"})
public final class ExportCalibsCommand extends TransferCommand {
  @Parameters(index = "0", paramLabel = "REPO", description = "The repository.")
  private String repository = "";

  @Parameters(index = "1", paramLabel = "DIRECTORY", description = "A folder that is not there.")
  private String directory = "";

  @Parameters(
      index = "2..*",
      paramLabel = "COLLECTION",
      description = "CALIBRATION collections and chains of them, names or globs. Default: all.")
  private List<String> collections = new ArrayList<>();

  @Option(
      names = {"-d", "--dataset-type"},
      paramLabel = "GLOB[,GLOB…]",
      description = "Names or globs of dataset types. Default: all.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "How the files come out: auto (default), link, symlink, hardlink, copy, …")
  private ExportMode mode = ExportMode.AUTO;

  @Override
  protected void answer() {
    Path folder = Path.of(directory);
    if (Files.exists(folder)) {
      throw new CommandFailure("The folder " + folder + " is there already; name a new one.");
    }
    try (Source from = Source.open(repository);
        Departures departures = new Departures(from.butler(), from.files(), System.getenv());
        TransferProgress progress = progress()) {
      List<CollectionInfo> found = find(from.butler());
      DatasetSelection selection = select(from.butler(), found);
      ExportCommand.makeFolder(folder);
      long count =
          departures.export(
              new ExportRequest(
                  folder.resolve("export.yaml"),
                  selection,
                  found.stream().map(CollectionInfo::name).toList(),
                  mode.into(folder)),
              progress);
      progress.close();
      tell(selection);
      out().printf("Exported %d datasets into %s.%n", count, folder.resolve("export.yaml"));
    }
  }

  private List<CollectionInfo> find(Butler butler) {
    return DatasetConstraint.search(
        butler,
        new CollectionSearch(
            DatasetConstraint.expression(collections),
            Set.of(CollectionType.CALIBRATION, CollectionType.CHAINED),
            new Chains(true, true),
            Set.of(),
            null));
  }

  private DatasetSelection select(Butler butler, List<CollectionInfo> found) {
    List<String> calibrations =
        found.stream()
            .filter(info -> info.type() == CollectionType.CALIBRATION)
            .map(CollectionInfo::name)
            .toList();
    Map<UUID, DatasetRef> refs = new LinkedHashMap<>();
    for (DatasetType type : DatasetConstraint.types(butler, DatasetConstraint.expression(types))) {
      if (type.isCalibration() && !calibrations.isEmpty()) {
        try (ResultStream<DatasetRef> stream =
            butler
                .query()
                .refs(type.name(), calibrations, Search.ALL, Expansion.RECORDS)
                .stream()) {
          stream.forEach(ref -> refs.putIfAbsent(ref.id(), ref));
        }
      }
    }
    return DatasetSelection.of(refs.values());
  }

  /// How many datasets of each type and run there are.
  private void tell(DatasetSelection selection) {
    Map<String, Long> counts = new TreeMap<>();
    for (DatasetType type : selection.types()) {
      try (ResultStream<DatasetRef> refs = selection.stream(type, Expansion.NONE)) {
        refs.forEach(ref -> counts.merge(type.name() + " of " + ref.run(), 1L, Long::sum));
      }
    }
    counts.forEach((what, count) -> out().printf("%6d %s%n", count, what));
  }
}
