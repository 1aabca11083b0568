package equerry.cli.change;

import equerry.api.Butler;
import equerry.api.ColumnType;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.ChainLinks;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.selection.Selection.Search;
import equerry.cli.shell.CommandFailure;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry remove-runs`: removes runs with all that is in them.
@Command(
    name = "remove-runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes RUN collections with their datasets and files, also from TAGGED and CALIBRATION",
      "collections and from chains. All of the runs are removed or none."
    },
    footer = {
      "",
      "Examples:",
      "  equerry remove-runs REPO 'my/tests/*' --dry-run",
      "  equerry remove-runs REPO my/runs/first",
      "  equerry remove-runs REPO my/runs/first --no-confirm --force"
    })
public final class RemoveRunsCommand extends DeletionCommand {
  private static final List<OutputColumn> RUNS =
      List.of(OutputColumn.text("run"), OutputColumn.text("parents"));
  private static final List<OutputColumn> DATASETS =
      List.of(OutputColumn.text("type"), new OutputColumn("datasets", "datasets", ColumnType.INT));

  @Parameters(index = "1", paramLabel = "GLOB", description = "A name or glob of runs.")
  private String glob = "";

  @Option(
      names = "--force",
      description = "With --no-confirm: take runs out of the chains that they are members of.")
  private boolean force;

  @Override
  protected void run(WritableDirectButler butler) {
    List<CollectionInfo> runs =
        RemoveCollectionsCommand.find(butler, glob).stream()
            .filter(info -> info.type() == CollectionType.RUN)
            .toList();
    if (runs.isEmpty()) {
      note("no run matches '" + glob + "'.");
      return;
    }
    List<String> names = runs.stream().map(CollectionInfo::name).toList();
    Map<String, Long> datasets = count(butler, names);
    Told told =
        new Told()
            .add("Runs to remove:", RUNS, runs.stream().map(RemoveRunsCommand::row).toList())
            .add("Datasets to remove with them:", DATASETS, rows(datasets));
    if (isWithoutQuestion() && !force) {
      refuseMembers(runs);
    }
    if (isOn(told)) {
      butler.write(
          changes -> {
            changes.datasets().removeRuns(names, ChainLinks.UNLINK);
            return null;
          });
      note(
          "runs removed: %d; datasets removed: %d."
              .formatted(
                  names.size(), datasets.values().stream().mapToLong(Long::longValue).sum()));
    }
  }

  private static void refuseMembers(List<CollectionInfo> runs) {
    for (CollectionInfo run : runs) {
      List<String> parents = RemoveCollectionsCommand.parents(run);
      if (!parents.isEmpty()) {
        throw new CommandFailure(
            "Run '%s' is a member of %s, which --no-confirm alone does not change: add --force, or"
                    .formatted(run.name(), parents)
                + " leave out --no-confirm. Nothing was changed.");
      }
    }
  }

  /// How many datasets of each type the runs have.
  private static Map<String, Long> count(Butler butler, List<String> runs) {
    Set<String> types =
        runs.stream()
            .flatMap(run -> butler.collections().loadSummary(run).datasetTypes().stream())
            .map(DatasetType::name)
            .collect(Collectors.toSet());
    Map<String, Long> counts = new TreeMap<>();
    for (String type : types) {
      long count = butler.query().refs(type, runs, Search.ALL, Expansion.NONE).count();
      if (count > 0) {
        counts.put(type, count);
      }
    }
    return counts;
  }

  private static List<@Nullable Object> row(CollectionInfo run) {
    return List.of(run.name(), RemoveCollectionsCommand.parents(run));
  }

  private static List<List<@Nullable Object>> rows(Map<String, Long> counts) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    counts.forEach((type, count) -> rows.add(List.of(type, count)));
    return rows;
  }
}
