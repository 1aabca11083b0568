package equerry.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import uk.ac.starlink.table.formats.CsvTableWriter;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.VOTableVersion;
import uk.ac.starlink.votable.VOTableWriter;

/// The formats that STIL writes.
final class StarFormats {
  private StarFormats() {}

  static void writeCsv(ResultTable table, OutputStream out) throws IOException {
    CsvTableWriter writer = new CsvTableWriter(true);
    writer.setEncoding(StandardCharsets.UTF_8);
    writer.setMaxFieldChars(Integer.MAX_VALUE);
    writer.writeStarTable(new StarRows(table), out);
  }

  static void writeBinary(ResultTable table, OutputStream out) throws IOException {
    writeVotable(table, DataFormat.BINARY2, out);
  }

  static void writeText(ResultTable table, OutputStream out) throws IOException {
    writeVotable(table, DataFormat.TABLEDATA, out);
  }

  private static void writeVotable(ResultTable table, DataFormat format, OutputStream out)
      throws IOException {
    VOTableWriter writer = new VOTableWriter(format, true, VOTableVersion.V14);
    writer.setEncoding(StandardCharsets.UTF_8);
    writer.setWriteDate(false);
    writer.writeStarTable(new StarRows(table), out);
  }
}
