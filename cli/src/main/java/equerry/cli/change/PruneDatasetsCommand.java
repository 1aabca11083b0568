package equerry.cli.change;

import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.selection.Selection.Search;
import equerry.cli.query.DatasetSearch;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.Progress;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry prune-datasets`: removes datasets, their files, or their places in TAGGED collections.
@Command(
    name = "prune-datasets",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds datasets and removes their files (--unstore), their places in TAGGED collections",
      "(--disassociate), or all that there is of them (--purge). All of them or none."
    },
    footer = {
      "",
      "Examples:",
      "  equerry prune-datasets REPO my/runs/first --datasets calexp --unstore --dry-run",
      "  equerry prune-datasets REPO --purge my/runs/first --datasets '*_log'",
      "  equerry prune-datasets REPO --disassociate my/best --where \"visit.exposure_time < 5\""
    })
public final class PruneDatasetsCommand extends ChangeCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "COLLECTION",
      description =
          "The collections to search, in order; globs only with --find-all. "
              + "Default: the run or the collections of the next options.")
  private List<String> collections = new ArrayList<>();

  @Option(
      names = "--datasets",
      paramLabel = "GLOB[,GLOB…]",
      description = "Names or globs of dataset types. Default: all.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--find-all",
      description =
          "All datasets of a type and data ID, not only that of the first collection with one.")
  private boolean findAll;

  @Option(
      names = "--where",
      paramLabel = "TEXT",
      description = "A condition like that of an SQL WHERE clause.")
  private String where = "";

  @Option(
      names = "--disassociate",
      paramLabel = "TAG[,TAG…]",
      description = "Take them out of these TAGGED collections. Not with --purge.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--purge",
      paramLabel = "RUN",
      description =
          "Remove all that there is of them, also in TAGGED and CALIBRATION collections. RUN "
              + "is where to search when no COLLECTION is given; with one, datasets of other runs "
              + "go, too.")
  private @Nullable String purged;

  @Option(
      names = "--unstore",
      description = "Remove their files from all datastores. Those without files are passed over.")
  private boolean unstore;

  @Mixin private DeletionOptions deletion = new DeletionOptions();

  @Option(names = "--quiet", description = "Tell and ask nothing. Not with --dry-run.")
  private boolean quiet;

  private DeletionOptions.Mode mode = DeletionOptions.Mode.ASK;

  @Override
  protected void check() {
    if (tags.isEmpty() && purged == null && !unstore) {
      throw unusable("Nothing to do: add --purge, --unstore or --disassociate.");
    }
    if (!tags.isEmpty() && purged != null) {
      throw unusable(
          "--disassociate does not go with --purge, which takes datasets out of all collections.");
    }
    if (collections.isEmpty() && tags.isEmpty() && purged == null) {
      throw unusable("No collections to search: name some after REPO, or '*' with --find-all.");
    }
    if (quiet && deletion.isRehearsal()) {
      throw unusable("--quiet does not go with --dry-run.");
    }
    mode = quiet ? DeletionOptions.Mode.GO : deletion.mode(this);
  }

  @Override
  protected void run(WritableDirectButler butler) {
    if (purged != null && butler.collections().load(purged).type() != CollectionType.RUN) {
      throw new CommandFailure("'" + purged + "' is no RUN collection. Nothing was changed.");
    }
    Search search = findAll ? Search.ALL : Search.FIRST;
    List<DatasetRef> refs =
        new DatasetSearch(types, searched(), where, search, 0).find(butler, this);
    if (refs.isEmpty()) {
      tellNothing();
      return;
    }
    if (!quiet) {
      Told told = DatasetCounts.of(refs).told(heading());
      DatasetSamples.add(told, refs);
      tell(told);
    }
    if (DeletionOptions.isOn(mode, this, err())) {
      prune(butler, refs);
      if (!quiet) {
        note("datasets: " + refs.size() + ", done.");
      }
    }
  }

  private void tellNothing() {
    if (!quiet) {
      note("no datasets were found.");
    }
  }

  private List<String> searched() {
    if (!collections.isEmpty()) {
      return collections;
    }
    return purged == null ? tags : List.of(purged);
  }

  private String heading() {
    if (purged != null) {
      return "Datasets to remove, with their files, from all collections:";
    }
    String files = unstore ? "Datasets whose files to remove" : "Datasets to take";
    return tags.isEmpty()
        ? files + ":"
        : files + (unstore ? ", and to take" : "") + " out of " + CommaLists.split(tags) + ":";
  }

  private void prune(WritableDirectButler butler, List<DatasetRef> refs) {
    butler.write(
        changes -> {
          try (Progress progress = Progress.ofWork("datasets", refs.size())) {
            Pages.each(
                refs,
                page -> {
                  prune(changes, page);
                  progress.step(page.size());
                });
          }
          return null;
        });
  }

  private void prune(Changes changes, List<DatasetRef> refs) {
    if (purged != null) {
      changes.datasets().purge(refs);
      return;
    }
    CommaLists.split(tags).forEach(tag -> changes.datasets().disassociate(tag, refs));
    if (unstore) {
      changes.files().unstore(refs);
    }
  }
}
