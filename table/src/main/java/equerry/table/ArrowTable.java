package equerry.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/// Writes a table as Arrow's stream format, in record batches of bounded size.
///
/// What the columns are: int64, float64, bool, utf8, the canonical extension `arrow.uuid`,
/// timestamps in nanoseconds without a time zone (their scale is TAI, which the field's metadata
/// say), binary; regions are binary with the extension name that the Python package registers for
/// them, `lsst.sphgeom.Region`. Source: the Arrow columnar format, versions 1.4 and 1.5
/// (https://arrow.apache.org/docs/format/).
final class ArrowTable {
  /// Rows in a batch.
  static final int MAX_ROWS = 8_192;

  /// A batch ends with the row that makes its texts and bytes longer than this.
  static final int FULL_BYTES = 1024 * 1024;

  /// Memory outside of the heap that one table may take.
  private static final long MAX_MEMORY = 256L * 1024 * 1024;

  private ArrowTable() {}

  static void write(ResultTable table, OutputStream out) throws IOException {
    try (BufferAllocator memory = new RootAllocator(MAX_MEMORY);
        VectorSchemaRoot batch = VectorSchemaRoot.create(schema(table), memory)) {
      // Not closed: it owns no memory, and would end a stream that failed as if it were whole.
      ArrowStreamWriter writer = new ArrowStreamWriter(batch, null, out);
      List<ArrowColumn> columns = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        FieldVector vector = batch.getVector(i);
        columns.add(ArrowColumn.of(table.columns().get(i), vector));
      }
      writer.start();
      Iterator<Object[]> rows = table.rows();
      while (rows.hasNext()) {
        batch.setRowCount(fill(columns, rows));
        writer.writeBatch();
      }
      writer.end();
    }
  }

  private static Schema schema(ResultTable table) {
    List<Field> fields = table.columns().stream().map(ArrowColumn::field).toList();
    return new Schema(fields, table.notes());
  }

  /// @return the number of rows
  private static int fill(List<ArrowColumn> columns, Iterator<Object[]> rows) {
    int count = 0;
    long bytes = 0;
    while (count < MAX_ROWS && bytes < FULL_BYTES && rows.hasNext()) {
      Object[] row = rows.next();
      for (ArrowColumn column : columns) {
        bytes += column.set(count, row);
      }
      count++;
    }
    return count;
  }
}
