package equerry.cli.query;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.selection.Selection.Search;
import equerry.cli.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Options that say which datasets a command works on, as the stock commands have them.
public final class DatasetOptions {
  @Option(
      names = {"-d", "--dataset-type"},
      paramLabel = "GLOB[,GLOB…]",
      description = "Names or globs of dataset types. Default: all.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--collections",
      paramLabel = "NAME[,NAME…]",
      description = "The collections to search, names or globs, in order. Default: all.")
  private List<String> collections = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "TEXT",
      description =
          "A condition like that of an SQL WHERE clause, over dimensions (visit), their fields "
              + "(visit.exposure_time) and timespans.")
  private String where = "";

  @Option(
      names = "--find-first",
      negatable = true,
      description =
          "For each data ID and type only the dataset of the first collection that has one. Needs "
              + "--collections without globs. Default: --no-find-first.")
  private boolean findFirst;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many datasets at most. 0: all. Negative: that many, with a note when there are "
              + "more. Default: ${DEFAULT-VALUE}.")
  private long limit;

  /// The datasets, each once.
  public List<DatasetRef> find(Butler butler, ShellCommand command) {
    Search search = findFirst ? Search.FIRST : Search.ALL;
    return new DatasetSearch(types, collections, where, search, limit).find(butler, command);
  }
}
