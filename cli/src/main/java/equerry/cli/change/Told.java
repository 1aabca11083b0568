package equerry.cli.change;

import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.OutputFormat;
import equerry.cli.shell.RowOrder;
import equerry.cli.shell.RowWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/// What a command did or will do, for people as tables below headings, for programs as rows.
public final class Told {
  private final List<Part> parts = new ArrayList<>();

  /// Rows with the same columns.
  private record Part(
      String heading,
      List<OutputColumn> columns,
      List<List<@Nullable Object>> rows,
      boolean aside) {}

  /// Adds rows; nothing when there are none.
  ///
  /// @param heading a sentence above the table
  public Told add(String heading, List<OutputColumn> columns, List<List<@Nullable Object>> rows) {
    return add(new Part(heading, columns, rows, false));
  }

  /// Adds rows that are only for people: programs have the like from elsewhere.
  public Told addForPeople(
      String heading, List<OutputColumn> columns, List<List<@Nullable Object>> rows) {
    return add(new Part(heading, columns, rows, true));
  }

  private Told add(Part part) {
    if (!part.rows().isEmpty()) {
      parts.add(part);
    }
    return this;
  }

  /// Writes everything.
  public void write(OutputFormat format, PrintWriter out) {
    switch (format) {
      case TABLE -> writeTables(out);
      case JSON, CSV, NDJSON -> writeRows(format, out);
    }
    out.flush();
  }

  private void writeTables(PrintWriter out) {
    String between = "";
    for (Part part : parts) {
      out.print(between);
      out.print(Ansi.AUTO.apply(part.heading(), List.of(Style.bold)) + "\n");
      write(RowWriter.of(OutputFormat.TABLE, out, part.columns()), List.of(part));
      between = "\n";
    }
  }

  private void writeRows(OutputFormat format, PrintWriter out) {
    List<Part> shown = parts.stream().filter(part -> !part.aside()).toList();
    Map<String, OutputColumn> columns = new LinkedHashMap<>();
    shown.forEach(part -> part.columns().forEach(each -> columns.putIfAbsent(each.key(), each)));
    write(RowWriter.of(format, out, List.copyOf(columns.values())), shown);
  }

  private static void write(RowWriter writer, List<Part> parts) {
    for (Part part : parts) {
      writer.section(new RowWriter.Section(part.columns(), RowOrder.AS_GIVEN));
      part.rows().forEach(writer::row);
    }
    writer.finish();
  }
}
