package equerry.cli.change;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.OutputColumn;
import equerry.direct.WritableDirectButler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry remove-dataset-type`: forgets dataset types.
@Command(
    name = "remove-dataset-type",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes dataset types that have no datasets. All of them or none. Nobody is asked: they can be",
      "registered again."
    },
    footer = {
      "",
      "Examples:",
      "  equerry remove-dataset-type REPO my_test",
      "  equerry remove-dataset-type REPO 'my_*' --dry-run"
    })
public final class RemoveDatasetTypeCommand extends ChangeCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "GLOB",
      description = "Names or globs. Names that are no dataset type are passed over.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Tell what would be removed, and remove nothing.")
  private boolean dryRun;

  @Override
  protected void run(WritableDirectButler butler) {
    DatasetTypes.Matches matches = butler.datasetTypes().search(CommaLists.split(globs));
    matches.missing().forEach(name -> note("there is no dataset type '" + name + "'."));
    List<String> names = matches.found().stream().map(DatasetType::name).toList();
    List<List<@Nullable Object>> rows =
        names.stream().<List<@Nullable Object>>map(name -> List.of(name)).toList();
    tell(new Told().add("Dataset types to remove:", List.of(OutputColumn.text("type")), rows));
    if (dryRun) {
      note("nothing was changed (--dry-run).");
      return;
    }
    butler.write(
        changes -> {
          names.forEach(changes.datasetTypes()::remove);
          return null;
        });
  }
}
