package equerry.cli.query;

import equerry.api.selection.Selection;
import equerry.cli.shell.CommaLists;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Options of commands that list rows of a query.
public final class RowOptions {
  @Option(
      names = "--where",
      paramLabel = "TEXT",
      description =
          "A condition like that of an SQL WHERE clause, over dimensions (visit), "
              + "their fields (visit.exposure_time) and timespans. Name the instrument or "
              + "skymap with whatever depends on it.")
  public String where = "";

  @Option(
      names = "--order-by",
      paramLabel = "NAME[,NAME…]",
      description =
          "Sort by dimensions, fields (visit.seq_num) or bounds of timespans "
              + "(visit.timespan.begin); '-' before a name sorts in descending order.")
  List<String> orderBy = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "-20000",
      description =
          "How many rows at most. 0: all. Negative: that many, with a note when "
              + "there are more. Default: ${DEFAULT-VALUE}.")
  public long limit;

  public List<String> order() {
    return CommaLists.split(orderBy);
  }

  /// A query with the condition and the order.
  public Selection apply(Selection selection) {
    return order().isEmpty() ? selection.where(where) : selection.where(where).orderBy(order());
  }
}
