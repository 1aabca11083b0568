package equerry.cli.query;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.selection.Results;
import equerry.api.selection.Selection;
import equerry.cli.shell.CommaLists;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry query-data-ids`: lists data IDs.
@Command(
    name = "query-data-ids",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the data IDs of a repository.",
    footer = {
      "",
      "Examples:",
      "  equerry query-data-ids REPO visit detector --where \"instrument='LarkCam'\"",
      "  equerry query-data-ids REPO tract --datasets deep_coadd --collections meadow/latest",
      "  equerry query-data-ids REPO visit --order-by -visit --limit 5 --format ndjson"
    })
public final class QueryDataIdsCommand extends QueryCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "DIMENSION",
      description =
          "Keys of the data IDs, such as visit, tract; what they require or imply "
              + "comes along. Default: those that all dataset types of --datasets have.")
  private List<String> dimensions = new ArrayList<>();

  @Mixin private DatasetConstraint constraint = new DatasetConstraint();
  @Mixin private RowOptions options = new RowOptions();

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many of the first rows to leave out. Default: 0.")
  private long offset;

  @Override
  void run(OpenRepository open) {
    List<String> names = CommaLists.split(dimensions);
    Selection selection = open.butler().query();
    if (constraint.isGiven()) {
      DatasetConstraint.Found found = constraint.find(open.butler());
      if (found.searches().isEmpty()) {
        noteNothing(
            List.of(
                "No dataset of the types "
                    + CommaLists.split(constraint.datasets)
                    + " is in these collections."));
        return;
      }
      names = names.isEmpty() ? List.copyOf(common(found)) : names;
      selection = found.apply(selection);
    } else {
      if (names.isEmpty()) {
        throw unusable("Name dimensions, such as visit, or dataset types with --datasets.");
      }
      constraint.noteUnused(this);
    }
    list(open, options.apply(selection), open.butler().universe().group(names));
  }

  private Set<String> common(DatasetConstraint.Found found) {
    Set<String> common = found.commonDimensions();
    if (common.isEmpty()) {
      throw unusable("These dataset types have no dimension in common; name dimensions.");
    }
    return common;
  }

  private void list(OpenRepository open, Selection selection, DimensionGroup group) {
    RowLimit limit = RowLimit.of(options.limit, offset);
    Selection limited = selection;
    if (limit.asked().isPresent()) {
      limited = selection.limit(limit.asked().getAsLong());
    }
    Results<DataId> results = limited.dataIds(group.names().toArray(String[]::new));
    List<OutputColumn> columns = OutputColumn.keys(group);
    RowOrder order =
        options.order().isEmpty() ? RowOrder.of(List.of(), columns, group) : RowOrder.AS_GIVEN;
    list(results, limit, new RowWriter.Section(columns, order), DataId::values);
  }
}
