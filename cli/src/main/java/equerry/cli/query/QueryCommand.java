package equerry.cli.query;

import equerry.api.query.ResultStream;
import equerry.api.selection.Results;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.Progress;
import equerry.cli.shell.RowWriter;
import equerry.cli.shell.ShellCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the query commands have in common.
///
/// Exit codes: 0 answered, also when nothing was found (then standard error says why, if a reason is
/// known); 1 an error; 2 a command line that cannot be used.
abstract class QueryCommand extends ShellCommand {
  private static final int MAX_REASONS = 8;

  @Parameters(
      index = "0",
      paramLabel = "REPO",
      description =
          "The repository: its folder, its butler.yaml, a URI of either, the URL of a butler "
              + "server's repository, or a label that DAF_BUTLER_REPOSITORIES or the file "
              + "DAF_BUTLER_REPOSITORY_INDEX gives one of these.")
  private String repository = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description =
          "table (default), json, csv or ndjson. The last two write rows as they "
              + "come, unsorted without --order-by, whatever their number.")
  private OutputFormat format = OutputFormat.TABLE;

  @Override
  protected final void answer() {
    try (OpenRepository open = ButlerLocation.open(repository)) {
      run(open);
    }
  }

  /// Answers.
  abstract void run(OpenRepository open);

  OutputFormat format() {
    return format;
  }

  /// A writer for rows with all these columns.
  RowWriter writer(List<OutputColumn> columns) {
    return RowWriter.of(format, out(), columns);
  }

  /// Writes all results as one section, and says why when there are none.
  ///
  /// @param values a row's value for each column
  <R> void list(
      Results<R> results,
      RowLimit limit,
      RowWriter.Section section,
      Function<R, List<@Nullable Object>> values) {
    try (Listing listing = new Listing(limit, out(), Progress.onError(format))) {
      try (ResultStream<R> rows = results.stream()) {
        RowWriter writer = writer(section.columns());
        writer.section(section);
        listing.read(rows, row -> writer.row(values.apply(row)));
        listing.close();
        writer.finish();
      }
      listing.note(err());
      if (listing.isEmpty()) {
        noteNothing(results.explain());
      }
    }
  }

  /// Says why there is nothing.
  void noteNothing(List<String> reasons) {
    PrintWriter err = err();
    err.println("equerry: nothing was found.");
    List<String> told = reasons.stream().distinct().toList();
    told.stream().limit(MAX_REASONS).forEach(reason -> err.println("  " + reason));
    if (told.size() > MAX_REASONS) {
      err.println("  (and " + (told.size() - MAX_REASONS) + " more)");
    }
    err.flush();
  }
}
