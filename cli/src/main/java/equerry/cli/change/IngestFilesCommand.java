package equerry.cli.change;

import equerry.api.Butler;
import equerry.api.ColumnType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.file.TransferMode;
import equerry.api.selection.MeantNames;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.Progress;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import equerry.table.InputTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry ingest-files`: makes datasets of the files that a table names.
///
/// The table is read twice, first to check it, and never held: memory does not grow with it.
@Command(
    name = "ingest-files",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes datasets of the files that a table names. Its first column has the files, the others,",
      "named as dimensions, the data IDs; a file with several datasets has several rows, one after",
      "another. The dataset type and the dimension records must be there.",
      "",
      "The table is checked first; then it comes in page by page, each all or none. Run it again",
      "with --skip-existing to go on after it was stopped."
    },
    footer = {
      "",
      "Examples:",
      "  equerry ingest-files REPO bias my/bias table.csv --data-id instrument=LarkCam -t copy",
      "  equerry ingest-files REPO raw LarkCam/raw/all raws.ecsv --prefix /data/larkcam -t direct",
      "",
      "A table:",
      "  file,detector",
      "  bias-1.fits,1",
      "  bias-2.fits,2"
    })
public final class IngestFilesCommand extends ChangeCommand {
  /// How many rows are one change of the repository, but for rows of one file.
  static final int DEFAULT_PAGE_ROWS = 5_000;

  /// The most rows that one change may have.
  static final int MAX_PAGE_ROWS = 1_000_000;

  /// How many pages are worked on at once.
  static final int DEFAULT_JOBS = 3;

  /// The most pages that can be worked on at once: a connection of the database each.
  static final int MAX_JOBS = DirectButler.Options.DEFAULT_CONNECTIONS;

  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("type"),
          OutputColumn.text("run"),
          new OutputColumn("files", "files", ColumnType.INT),
          new OutputColumn("datasets", "datasets", ColumnType.INT),
          new OutputColumn("skipped", "skipped", ColumnType.INT));

  @Parameters(index = "1", paramLabel = "DATASET_TYPE", description = "The dataset type.")
  private String datasetType = "";

  @Parameters(
      index = "2",
      paramLabel = "RUN",
      description = "The run that the datasets are in; it is made if it is not there.")
  private String run = "";

  @Parameters(
      index = "3",
      paramLabel = "TABLE_FILE",
      description = "The table: CSV with a head, ECSV, VOTable (.vot, .votable, .xml) or FITS.")
  private Path tableFile = Path.of("");

  @Option(
      names = "--data-id",
      paramLabel = "NAME=VALUE[,…]",
      description = "Values that all rows have; they go before columns of the table.")
  private List<String> dataId = new ArrayList<>();

  @Option(
      names = "--prefix",
      paramLabel = "FOLDER",
      description =
          "Where relative paths in the table start, a path or URI. Default: the working directory.")
  private String prefix = "";

  @Option(
      names = {"-t", "--transfer"},
      paramLabel = "MODE",
      defaultValue = "auto",
      converter = TransferModeConverter.class,
      description =
          "How files come into the datastore: auto (default), link, symlink, hardlink, copy, move, "
              + "relsymlink or direct.")
  private TransferMode transfer = TransferMode.AUTO;

  @Mixin private IngestOptions options = new IngestOptions();

  @Option(
      names = "--skip-existing",
      description = "Pass files over whose datasets the run has, stored, already.")
  private boolean skipExisting;

  @Option(
      names = "--page-rows",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many rows come in at once. Default: ${DEFAULT-VALUE}.")
  private int pageRows = DEFAULT_PAGE_ROWS;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "How many pages are worked on at once. Default: ${DEFAULT-VALUE}.",
        "With SQLite one of them writes while others get ready."
      })
  private int jobs = DEFAULT_JOBS;

  @Override
  protected void check() {
    if (jobs < 1 || jobs > MAX_JOBS) {
      throw unusable("--jobs takes 1 to " + MAX_JOBS + ", not " + jobs + ".");
    }
    if (pageRows < 1 || pageRows > MAX_PAGE_ROWS) {
      throw unusable("--page-rows takes 1 to " + MAX_PAGE_ROWS + ", not " + pageRows + ".");
    }
  }

  @Override
  protected void run(WritableDirectButler butler) {
    DatasetType type = type(butler, datasetType);
    IngestTable table =
        IngestTable.of(
            InputTable.open(tableFile),
            type.dimensions(),
            DataIdValues.parse(dataId, butler.universe()),
            FilePlaces.below(prefix));
    List<String> unused = table.columns().unused(table.table().columns());
    if (!unused.isEmpty()) {
      note("columns that are not used: " + String.join(", ", unused) + ".");
    }
    long total = table.check();
    FileIngest ingest = new FileIngest(butler, type, run, transfer, options);
    if (skipExisting) {
      ingest.prepare();
    }
    tell(ingest(ingest, table, total));
  }

  /// The dataset type of a name.
  static DatasetType type(Butler butler, String name) {
    return MeantNames.during(
        butler, new MeantNames(List.of(name), List.of()), () -> butler.datasetTypes().load(name));
  }

  private Told ingest(FileIngest ingest, IngestTable table, long total) {
    Counts counts = new Counts();
    try (IngestTable.Rows rows = table.rows();
        Progress progress = Progress.ofWork("datasets", total);
        PageWorkers<Page> workers =
            new PageWorkers<>(
                jobs,
                page -> {
                  counts.add(page);
                  progress.step(page.datasets() + page.skipped());
                })) {
      IngestPages pages = new IngestPages(rows, pageRows);
      while (pages.hasNext()) {
        Map<String, List<DataId>> page = pages.next();
        workers.begin(() -> ingest(ingest, page));
        if (counts.isEmpty()) {
          // Alone, since it makes the run.
          workers.finish();
        }
      }
      workers.finish();
    } catch (ButlerException failure) {
      if (!counts.isEmpty()) {
        note(
            "of the table's %d rows, %d are in; go on with --skip-existing."
                .formatted(total, counts.datasets + counts.skipped));
      }
      throw failure;
    }
    return new Told()
        .add(
            "Ingested:",
            COLUMNS,
            List.of(List.of(datasetType, run, counts.files, counts.datasets, counts.skipped)));
  }

  private Page ingest(FileIngest ingest, Map<String, List<DataId>> page) {
    Map<String, List<DataId>> left = skipExisting ? ingest.withoutStored(page) : page;
    ingest.ingest(left);
    return new Page(left.size(), count(left), count(page) - count(left));
  }

  /// What became of a page.
  private record Page(int files, long datasets, long skipped) {}

  /// What became of all pages so far.
  private static final class Counts {
    private long files;
    private long datasets;
    private long skipped;

    void add(Page page) {
      files += page.files();
      datasets += page.datasets();
      skipped += page.skipped();
    }

    boolean isEmpty() {
      return datasets + skipped == 0;
    }
  }

  private static long count(Map<String, List<DataId>> page) {
    return page.values().stream().mapToLong(Collection::size).sum();
  }
}
