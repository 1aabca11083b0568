package equerry.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes CSV (RFC 4180, lines end with LF) with one head; columns that a section lacks are empty.
final class CsvWriter implements RowWriter {
  private final PrintWriter out;
  private final List<OutputColumn> columns;
  private List<OutputColumn> sectionColumns;
  private int[] places;

  CsvWriter(PrintWriter out, List<OutputColumn> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.sectionColumns = this.columns;
    this.places = places(this.columns);
    line(columns.stream().map(OutputColumn::key).toList());
  }

  @Override
  public void section(Section section) {
    sectionColumns = section.columns();
    places = places(sectionColumns);
  }

  private int[] places(List<OutputColumn> some) {
    List<String> keys = columns.stream().map(OutputColumn::key).toList();
    return some.stream().mapToInt(column -> keys.indexOf(column.key())).toArray();
  }

  @Override
  public void row(List<@Nullable Object> values) {
    String[] cells = new String[columns.size()];
    Arrays.fill(cells, "");
    for (int i = 0; i < places.length; i++) {
      cells[places[i]] = Cells.csv(values.get(i), sectionColumns.get(i).type());
    }
    line(new ArrayList<>(Arrays.asList(cells)));
  }

  private void line(List<String> cells) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    out.print(text.append('\n'));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  @Override
  public void finish() {}
}
