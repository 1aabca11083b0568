package equerry.cli.shell;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows in one of the formats.
///
/// What a failure cuts off must look cut off: nobody calls [#finish] then, so that an array of JSON
/// stays open and a table is not begun.
public interface RowWriter {
  /// Begins rows with other columns.
  void section(Section section);

  /// Writes a row with a value for each column of the section.
  void row(List<@Nullable Object> values);

  /// Ends the output.
  void finish();

  /// Rows with the same columns.
  ///
  /// @param columns the columns
  /// @param order the order of the rows in a table
  record Section(List<OutputColumn> columns, RowOrder order) {
    public Section {
      columns = List.copyOf(columns);
    }
  }

  /// A writer.
  ///
  /// @param columns all columns that sections will have; CSV has one head for all
  static RowWriter of(OutputFormat format, PrintWriter out, List<OutputColumn> columns) {
    return switch (format) {
      case TABLE -> new TableWriter(out);
      case CSV -> new CsvWriter(out, columns);
      case JSON -> JsonWriter.array(out);
      case NDJSON -> JsonWriter.lines(out);
    };
  }

  /// Ends the command when nobody reads its output any more.
  static void checkReader(PrintWriter out) {
    if (out.checkError() || System.out.checkError()) {
      throw new OutputClosed();
    }
  }
}
