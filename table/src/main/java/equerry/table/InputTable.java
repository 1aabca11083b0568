package equerry.table;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.ecsv.EcsvTableBuilder;
import uk.ac.starlink.fits.FitsTableBuilder;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.table.formats.CsvStarTable;
import uk.ac.starlink.table.formats.RowEvaluator;
import uk.ac.starlink.util.FileDataSource;
import uk.ac.starlink.votable.VOTableBuilder;

/// A table in a local file, whose rows are read one after another, as often as is wanted.
///
/// The formats are CSV with a head, ECSV, VOTable and FITS (its first table). Values are [String],
/// [Long], [Double], [Boolean] or null; those of CSV are texts, since the file does not say what
/// they are.
public final class InputTable {
  private static final String ECSV_START = "# %ECSV";

  /// How many rows of CSV are looked at to count the columns.
  private static final int CSV_SAMPLE_ROWS = 100;

  /// Kept here, since levels are forgotten with their logger.
  private static final Logger STIL = Logger.getLogger("uk.ac.starlink");

  static {
    STIL.setLevel(Level.WARNING);
  }

  private final String name;
  private final StarTable table;

  private InputTable(String name, StarTable table) {
    this.name = name;
    this.table = table;
  }

  /// Opens a file.
  ///
  /// @throws ButlerException.NotFound (file_missing) when there is no such file
  /// @throws ButlerException.Invalid (malformed) when it is not what its name says
  public static InputTable open(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      throw new ButlerException.NotFound(
          ErrorCode.FILE_MISSING, "There is no file with the table '" + name + "'.");
    }
    try {
      return new InputTable(name, read(file, name.toLowerCase(Locale.ROOT)));
    } catch (IOException | RuntimeException unreadable) {
      throw broken(name, unreadable);
    }
  }

  private static StarTable read(Path file, String name) throws IOException {
    FileDataSource source = new FileDataSource(file.toFile());
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return switch (extension) {
      case "fits", "fit" ->
          new FitsTableBuilder().makeStarTable(source, false, StoragePolicy.PREFER_DISK);
      case "vot", "xml", "votable" ->
          new VOTableBuilder().makeStarTable(source, false, StoragePolicy.PREFER_DISK);
      case "csv", "ecsv" -> text(file, source);
      default ->
          throw new IOException(
              "its name must end in .csv, .ecsv, .vot, .votable, .xml, .fits or .fit");
    };
  }

  private static StarTable text(Path file, FileDataSource source) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      @Nullable String head = reader.readLine();
      if (head != null && head.startsWith(ECSV_START)) {
        return new EcsvTableBuilder().makeStarTable(source, false, StoragePolicy.PREFER_DISK);
      }
      if (reader.readLine() == null) {
        throw new IOException("it has no rows below its head");
      }
    }
    return new CsvStarTable(
        source,
        StandardCharsets.UTF_8,
        Boolean.TRUE,
        CSV_SAMPLE_ROWS,
        ',',
        new RowEvaluator.Decoder<?>[] {RowEvaluator.STRING_DECODER});
  }

  /// The names of the columns.
  public List<String> columns() {
    return IntStream.range(0, table.getColumnCount())
        .mapToObj(i -> table.getColumnInfo(i).getName())
        .toList();
  }

  /// The rows, read from the file as they are asked for; each has a value for each column.
  public Rows rows() {
    try {
      return new Rows(name, table.getRowSequence(), table.getColumnCount());
    } catch (IOException | RuntimeException unreadable) {
      throw broken(name, unreadable);
    }
  }

  private static ButlerException.Invalid broken(String name, Exception reason) {
    return new ButlerException.Invalid(
        ErrorCode.MALFORMED,
        "The table '" + name + "' cannot be read: " + reason.getMessage() + ".",
        reason);
  }

  /// Rows of a table; for one pass.
  public static final class Rows implements Iterator<List<@Nullable Object>>, AutoCloseable {
    private final String name;
    private final RowSequence sequence;
    private final int columns;
    private boolean isAhead;
    private boolean hasNext;

    private Rows(String name, RowSequence sequence, int columns) {
      this.name = name;
      this.sequence = sequence;
      this.columns = columns;
    }

    /// @throws ButlerException.Invalid (malformed) where the file is broken
    @Override
    public boolean hasNext() {
      if (!isAhead) {
        try {
          hasNext = sequence.next();
        } catch (IOException | RuntimeException unreadable) {
          throw broken(name, unreadable);
        }
        isAhead = true;
      }
      return hasNext;
    }

    @Override
    public List<@Nullable Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      isAhead = false;
      try {
        @Nullable Object[] cells = new @Nullable Object[columns];
        for (int i = 0; i < columns; i++) {
          cells[i] = value(sequence.getCell(i));
        }
        return Collections.unmodifiableList(Arrays.asList(cells));
      } catch (IOException | RuntimeException unreadable) {
        throw broken(name, unreadable);
      }
    }

    private static @Nullable Object value(@Nullable Object cell) {
      return switch (cell) {
        case null -> null;
        case Byte number -> number.longValue();
        case Short number -> number.longValue();
        case Integer number -> number.longValue();
        case Float number -> number.isNaN() ? null : number.doubleValue();
        case Double number -> number.isNaN() ? null : number;
        case Long number -> number;
        case Boolean truth -> truth;
        case Object other -> other.toString();
      };
    }

    @Override
    public void close() {
      try {
        sequence.close();
      } catch (IOException unreadable) {
        throw broken(name, unreadable);
      }
    }
  }
}
