package equerry.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The formats of tables.
public enum TableFormat {
  /// Apache Arrow's stream of record batches.
  ARROW("application/vnd.apache.arrow.stream"),
  /// RFC 4180 with a head; null is empty.
  CSV("text/csv"),
  /// IVOA VOTable 1.4 whose rows are bytes (BINARY2).
  VOTABLE("application/x-votable+xml;serialization=binary2"),
  /// IVOA VOTable 1.4 whose rows are XML (TABLEDATA).
  VOTABLE_TEXT("application/x-votable+xml;serialization=tabledata");

  private static final Pattern IGNORED = Pattern.compile("\\s+|;\\s*charset=[^;]*");

  private final String mediaType;

  TableFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /// As in HTTP's `Accept` and `Content-Type`, without character set.
  public String mediaType() {
    return mediaType;
  }

  /// The first format within a media range, such as `text/csv`, `application/*` or `*/*`. A
  /// character set in it does not count: texts are UTF-8.
  public static Optional<TableFormat> find(String mediaRange) {
    String range = IGNORED.matcher(mediaRange.toLowerCase(Locale.ROOT)).replaceAll("");
    return Arrays.stream(values()).filter(format -> format.isWithin(range)).findFirst();
  }

  private boolean isWithin(String range) {
    return range.equals("*/*")
        || mediaType.equals(range)
        || mediaType.startsWith(range + ";")
        || range.endsWith("/*") && mediaType.startsWith(range.substring(0, range.length() - 1));
  }

  /// Writes the whole table, rows as they come, and leaves the stream open.
  ///
  /// @throws equerry.api.error.ButlerException where the query fails; what was written then has no
  ///     end
  public void write(ResultTable table, OutputStream out) throws IOException {
    switch (this) {
      case ARROW -> ArrowTable.write(table, out);
      case CSV -> StarFormats.writeCsv(table, out);
      case VOTABLE -> StarFormats.writeBinary(table, out);
      case VOTABLE_TEXT -> StarFormats.writeText(table, out);
    }
  }
}
