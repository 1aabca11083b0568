package equerry.cli.query;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.selection.Results;
import equerry.api.selection.Selection;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `equerry query-dimension-records`: lists records of a dimension element.
@Command(
    name = "query-dimension-records",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the records of a dimension or another element of the universe.",
    footer = {
      "",
      "Examples:",
      "  equerry query-dimension-records REPO instrument",
      "  equerry query-dimension-records REPO visit \\",
      "      --where \"instrument='LarkCam' AND visit.exposure_time > 20\" --order-by -visit",
      "  equerry query-dimension-records REPO detector --format json | jq '.[].full_name'"
    })
public final class QueryDimensionRecordsCommand extends QueryCommand {
  @Parameters(
      index = "1",
      paramLabel = "ELEMENT",
      description = "The element, such as instrument, visit or visit_detector_region.")
  private String element = "";

  @Mixin private DatasetConstraint constraint = new DatasetConstraint();
  @Mixin private RowOptions options = new RowOptions();

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many of the first rows to leave out. Default: 0.")
  private long offset;

  @Option(
      names = "--no-check",
      description = "Accepted for the sake of scripts; changes nothing, as in the stock command.")
  private boolean noCheck;

  @Override
  void run(OpenRepository open) {
    DimensionElement found = open.butler().universe().element(element);
    Selection selection = open.butler().query();
    if (constraint.isGiven()) {
      DatasetConstraint.Found datasets = constraint.find(open.butler());
      if (datasets.searches().isEmpty()) {
        noteNothing(List.of("No dataset of these types is in these collections."));
        return;
      }
      selection = datasets.apply(selection);
    } else {
      constraint.noteUnused(this);
    }
    list(options.apply(selection), found);
  }

  private void list(Selection selection, DimensionElement found) {
    RowLimit limit = RowLimit.of(options.limit, offset);
    Selection limited = selection;
    if (limit.asked().isPresent()) {
      limited = selection.limit(limit.asked().getAsLong());
    }
    Results<DimensionRecord> results = limited.records(element);
    List<OutputColumn> columns = found.recordColumns().stream().map(OutputColumn::of).toList();
    RowOrder order =
        options.order().isEmpty() ? RowOrder.ofFirst(found.required().size()) : RowOrder.AS_GIVEN;
    list(results, limit, new RowWriter.Section(columns, order), DimensionRecord::values);
  }
}
