package equerry.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes aligned tables, each with a head and a line of dashes.
///
/// The rows of a table are held until its end to be sorted and measured; one that grows beyond
/// [#MAX_HELD_ROWS] is written as it comes from then on, in columns as wide as those so far.
final class TableWriter implements RowWriter {
  static final int MAX_HELD_ROWS = 100_000;
  private static final String NOTHING = "";

  private final PrintWriter out;
  private final int maxHeldRows;
  private Section section = new Section(List.of(), RowOrder.AS_GIVEN);
  private List<List<@Nullable Object>> held = new ArrayList<>();
  private int[] widths = new int[0];
  private boolean hasTable;

  TableWriter(PrintWriter out) {
    this(out, MAX_HELD_ROWS);
  }

  TableWriter(PrintWriter out, int maxHeldRows) {
    this.out = out;
    this.maxHeldRows = maxHeldRows;
  }

  @Override
  public void section(Section next) {
    flush();
    widths = new int[0];
    section = next;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    if (widths.length > 0) {
      lines(values).forEach(this::line);
      return;
    }
    held.add(values);
    if (held.size() > maxHeldRows) {
      flush();
    }
  }

  private void flush() {
    if (held.isEmpty()) {
      return;
    }
    if (hasTable) {
      out.print('\n');
    }
    hasTable = true;
    section.order().sort(held);
    List<List<String>> lines = new ArrayList<>();
    held.forEach(row -> lines.addAll(lines(row)));
    held = new ArrayList<>();
    List<String> head = section.columns().stream().map(OutputColumn::title).toList();
    measure(head, lines);
    line(head);
    List<String> dashes = new ArrayList<>();
    for (int width : widths) {
      dashes.add("-".repeat(width));
    }
    line(dashes);
    lines.forEach(this::line);
  }

  private void measure(List<String> head, List<List<String>> lines) {
    widths = head.stream().mapToInt(TableWriter::width).toArray();
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
  }

  /// A row's lines: more than one where a cell is a list.
  private List<List<String>> lines(List<@Nullable Object> row) {
    int height =
        row.stream()
            .mapToInt(value -> value instanceof List<?> items ? Math.max(1, items.size()) : 1)
            .max()
            .orElse(1);
    List<List<String>> lines = new ArrayList<>(height);
    for (int y = 0; y < height; y++) {
      List<String> line = new ArrayList<>(row.size());
      for (int x = 0; x < row.size(); x++) {
        line.add(cell(row.get(x), section.columns().get(x), y));
      }
      lines.add(line);
    }
    return lines;
  }

  private static String cell(@Nullable Object value, OutputColumn column, int line) {
    if (value instanceof List<?> items) {
      return line < items.size() ? Cells.table(items.get(line), column.type()) : NOTHING;
    }
    return line == 0 ? Cells.table(value, column.type()) : NOTHING;
  }

  private void line(List<String> cells) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      text.append(i == 0 ? "" : " ");
      text.append(section.columns().get(i).isNumber() ? padding + cell : cell + padding);
    }
    out.print(text.toString().stripTrailing());
    out.print('\n');
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public void finish() {
    flush();
  }
}
