package equerry.cli.change;

import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.file.TransferMode;
import equerry.datastore.zip.ZipIndex;
import equerry.direct.WritableDirectButler;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry ingest-zip`: takes a zip file of datasets in.
@Command(
    name = "ingest-zip",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes in a zip file of datasets that retrieve-artifacts --zip made, as it is. Dataset types",
      "must be there; runs are made. All of it or nothing."
    },
    footer = {
      "",
      "Examples:",
      "  equerry ingest-zip REPO datasets.zip --dry-run",
      "  equerry ingest-zip REPO datasets.zip -t copy --transfer-dimensions"
    })
public final class IngestZipCommand extends ChangeCommand {
  @Parameters(index = "1", paramLabel = "ZIP", description = "The zip file, a path or URI.")
  private String zip = "";

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      converter = TransferModeConverter.class,
      description =
          "How the file comes into the datastore: auto (default), link, symlink, hardlink, copy, "
              + "move, relsymlink or direct.")
  private TransferMode transfer = TransferMode.AUTO;

  @Option(
      names = "--transfer-dimensions",
      negatable = true,
      description =
          "Insert the dimension records that the zip file has and the repository lacks. "
              + "Default: --no-transfer-dimensions.")
  private boolean transferDimensions;

  @Option(
      names = {"-n", "--dry-run"},
      negatable = true,
      description = "Tell what would come in, and change nothing.")
  private boolean dryRun;

  @Override
  protected void run(WritableDirectButler butler) {
    String place = FilePlaces.below("").resolve(zip);
    ZipIndex index = butler.stores().readZipIndex(place);
    tell(DatasetCounts.of(index.refs()).told("Datasets in the zip file:"));
    if (dryRun) {
      note("nothing was changed (--dry-run).");
      return;
    }
    butler.write(
        changes -> {
          prepare(changes, butler.universe(), index.refs());
          return changes.files().ingestZip(place, transfer);
        });
  }

  /// Makes the runs, in one order so that processes do not wait for each other in a circle.
  private void prepare(Changes changes, DimensionUniverse universe, List<DatasetRef> refs) {
    TreeSet<String> runs = new TreeSet<>();
    refs.forEach(ref -> runs.add(ref.run()));
    runs.forEach(run -> changes.collections().register(run, CollectionType.RUN, null));
    if (!transferDimensions) {
      return;
    }
    for (DimensionElement element : universe.elements()) {
      List<DimensionRecord> records = records(refs, element);
      if (element.hasTable() && !records.isEmpty()) {
        changes.records().insert(records, OnConflict.SKIP);
      }
    }
  }

  private static List<DimensionRecord> records(List<DatasetRef> refs, DimensionElement element) {
    return refs.stream()
        .flatMap(
            ref -> Objects.requireNonNullElse(ref.records(), List.<DimensionRecord>of()).stream())
        .filter(record -> record.element() == element)
        .distinct()
        .toList();
  }
}
