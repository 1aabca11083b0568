package equerry.cli.change;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.table.InputTable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table of files and the data IDs of the datasets in them.
///
/// @param table its rows
/// @param columns where data IDs come from
/// @param places where files lie
record IngestTable(InputTable table, DataIdColumns columns, FilePlaces places) {
  /// A dataset in a file.
  record Row(String file, DataId dataId) {}

  static IngestTable of(
      InputTable table, DimensionGroup group, Map<String, Object> fixed, FilePlaces places) {
    return new IngestTable(table, DataIdColumns.find(table.columns(), group, fixed), places);
  }

  /// Reads all rows once to see whether they can be used.
  ///
  /// @return how many there are
  long check() {
    long rows = 0;
    try (Rows all = rows()) {
      while (all.hasNext()) {
        all.next();
        rows++;
      }
    }
    return rows;
  }

  Rows rows() {
    return new Rows(table.rows());
  }

  /// The rows, read as they are asked for.
  final class Rows implements Iterator<Row>, AutoCloseable {
    private final InputTable.Rows cells;
    private long number;

    private Rows(InputTable.Rows cells) {
      this.cells = cells;
    }

    @Override
    public boolean hasNext() {
      return cells.hasNext();
    }

    @Override
    public Row next() {
      List<@Nullable Object> row = cells.next();
      number++;
      Object file = row.getFirst();
      if (file == null || file.equals("")) {
        throw DataIdColumns.atRow(number, "it names no file.");
      }
      return new Row(places.resolve(file.toString()), columns.read(row, number));
    }

    @Override
    public void close() {
      cells.close();
    }
  }
}
