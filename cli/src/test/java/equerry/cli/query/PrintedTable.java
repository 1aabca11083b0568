package equerry.cli.query;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A table as it was printed, taken apart along its line of dashes.
///
/// @param columns its head
/// @param rows the texts of the cells; those of the column `Name` with the space before them
record PrintedTable(List<String> columns, List<List<String>> rows) {
  private static final String NAME = "Name";

  /// The tables of an output, which blank lines divide.
  static List<PrintedTable> all(String output) {
    return output.isEmpty()
        ? List.of()
        : Stream.of(output.split("\n\n")).map(PrintedTable::parse).toList();
  }

  /// This table with a placeholder for the repository's folder.
  PrintedTable withRoot(Path root) {
    return new PrintedTable(
        columns,
        rows.stream()
            .map(row -> row.stream().map(c -> c.replace(root.toString(), "<root>")).toList())
            .toList());
  }

  private static PrintedTable parse(String text) {
    List<String> lines = List.of(text.split("\n"));
    List<int[]> places = places(lines.get(1));
    List<String> columns = cells(lines.getFirst(), places, List.of());
    return new PrintedTable(
        columns, lines.stream().skip(2).map(line -> cells(line, places, columns)).toList());
  }

  private static List<int[]> places(String dashes) {
    List<int[]> places = new ArrayList<>();
    int start = 0;
    for (String part : dashes.split(" ")) {
      places.add(new int[] {start, start + part.length()});
      start += part.length() + 1;
    }
    return places;
  }

  private static List<String> cells(String line, List<int[]> places, List<String> columns) {
    List<String> cells = new ArrayList<>();
    for (int[] place : places) {
      String cell =
          place[0] >= line.length()
              ? ""
              : line.substring(place[0], Math.min(place[1], line.length())).stripTrailing();
      boolean indented = !columns.isEmpty() && columns.get(cells.size()).equals(NAME);
      cells.add(indented ? cell : cell.strip());
    }
    return cells;
  }
}
