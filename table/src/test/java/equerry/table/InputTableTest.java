package equerry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StarTableWriter;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.VOTableVersion;
import uk.ac.starlink.votable.VOTableWriter;

class InputTableTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<List<@Nullable Object>> rows(Path file) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (InputTable.Rows rows = InputTable.open(file).rows()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void csvKeepsTextsAsTheyAreWritten() throws IOException {
    Path csv = file("t.csv", "file,filter,detector\n\"a,b.fits\",007,1\nc.fits,,2\n");
    assertThat(InputTable.open(csv).columns()).containsExactly("file", "filter", "detector");
    List<List<@Nullable Object>> rows = rows(csv);
    assertThat(rows.get(0)).containsExactly("a,b.fits", "007", "1");
    assertThat(rows.get(1)).containsExactly("c.fits", null, "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file,detector", "file,detector\n", "file,detector\na,1\nb\n"})
  void noRowsAndShortRowsAreRefused(String text) throws IOException {
    Path csv = file("t.csv", text);
    assertThatThrownBy(() -> rows(csv))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("'t.csv' cannot be read");
  }

  private static final String ECSV =
      """
      # %ECSV 1.0
      # ---
      # datatype:
      # - {name: file, datatype: string}
      # - {name: detector, datatype: int64}
      # - {name: share, datatype: float64}
      # schema: astropy-2.0
      file detector share
      "a b.fits" 1 0.5
      "" 2 nan
      """;

  @ParameterizedTest
  @ValueSource(strings = {"t.ecsv", "t.csv"})
  void ecsvSaysItsTypes(String name) throws IOException {
    List<List<@Nullable Object>> rows = rows(file(name, ECSV));
    assertThat(rows.get(0)).containsExactly("a b.fits", 1L, 0.5);
    assertThat(rows.get(1).get(1)).isEqualTo(2L);
    assertThat(rows.get(1).get(2)).isNull();
  }

  /// STIL reads and writes; the table between the two was read from the ECSV of astropy's form.
  private Path written(String name, StarTableWriter writer) throws IOException {
    Path ecsv = file("source.ecsv", ECSV);
    StarTable table =
        new uk.ac.starlink.ecsv.EcsvTableBuilder()
            .makeStarTable(
                new uk.ac.starlink.util.FileDataSource(ecsv.toFile()),
                false,
                uk.ac.starlink.table.StoragePolicy.PREFER_MEMORY);
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.writeStarTable(table, out);
    }
    return file;
  }

  @Test
  void votableAndFitsAreRead() throws IOException {
    VOTableWriter votable = new VOTableWriter(DataFormat.TABLEDATA, true, VOTableVersion.V14);
    for (Path file : List.of(written("t.vot", votable), written("t.fits", new FitsTableWriter()))) {
      assertThat(InputTable.open(file).columns()).containsExactly("file", "detector", "share");
      assertThat(rows(file).get(0)).containsExactly("a b.fits", 1L, 0.5);
    }
  }

  @Test
  void rowsCanBeReadAgain() throws IOException {
    InputTable table = InputTable.open(file("t.csv", "file,detector\na,1\n"));
    for (int pass = 0; pass < 2; pass++) {
      try (InputTable.Rows rows = table.rows()) {
        assertThat(rows.next()).containsExactly("a", "1");
        assertThat(rows.hasNext()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.parquet", "t", "t.vot", "t.fits", "t.ecsv.gz"})
  void whatIsNoTableIsNamed(String name) throws IOException {
    Path file = file(name, "no table\n");
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("'" + name + "' cannot be read");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> InputTable.open(folder.resolve("none.csv")))
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessageContaining("none.csv");
  }
}
