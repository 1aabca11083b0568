package equerry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.time.Timespan;
import equerry.sphere.Circle;
import equerry.sphere.Ellipse;
import equerry.sphere.LonLat;
import equerry.sphere.Region;
import equerry.sphere.UnitVector3d;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values that the repositories of the interop tests do not have, and the bounds of batches.
class TableFormatTest {
  private static final UnitVector3d POLE = UnitVector3d.of(LonLat.ofDegrees(0.0, 90.0));
  private static final UUID ID = UUID.fromString("51352db4-a47a-447c-b12d-a50b206b17cd");

  /// A continuation marker and the length 0, as Arrow's format says.
  private static final String END_OF_STREAM =
      new String(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0}, StandardCharsets.ISO_8859_1);

  private static Object[] row(int number, byte[] region, Timespan timespan) {
    return new Object[] {
      (long) number,
      "a \"text\", of\ntwo lines",
      0.1,
      true,
      new byte[] {0, (byte) 255},
      1L,
      4_102_444_800_000_000_000L,
      timespan,
      region,
      ID
    };
  }

  private static final Object[] NULLS = new Object[Rows.TYPES.size()];

  private static byte[] circle() {
    return Circle.of(POLE, 0.0).encode();
  }

  private static byte[] write(TableFormat format, Iterator<Object[]> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(Rows.table(rows), out);
    return out.toByteArray();
  }

  private static List<Integer> batches(byte[] stream) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    try (RootAllocator memory = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
      while (reader.loadNextBatch()) {
        sizes.add(reader.getVectorSchemaRoot().getRowCount());
      }
    }
    return sizes;
  }

  @Test
  void csvHasEveryTypeAsText() throws IOException {
    Region ellipse = Ellipse.of(POLE, 0.1, 0.05, 0.0);
    List<Object[]> rows =
        List.of(
            row(1, circle(), new Timespan(5, 1_000_000_007L)),
            row(2, ellipse.encode(), Timespan.EMPTY),
            NULLS);
    String csv = new String(write(TableFormat.CSV, rows.iterator()), StandardCharsets.UTF_8);
    String common = "\"a \"\"text\"\", of\ntwo lines\",0.1,true,00ff,";
    String times = "1970-01-01T00:00:00.000000001,2100-01-01T00:00:00.000000000,";
    assertThat(csv)
        .startsWith(
            "site.int,site.string,site.float,site.bool,site.hash,site.datetime,site.ingest_date,"
                + "site.timespan.begin,site.timespan.end,site.region,site.uuid\n")
        .contains(
            "1,"
                + common
                + times
                + "1970-01-01T00:00:00.000000005,1970-01-01T00:00:01.000000007,CIRCLE 0.0 90.0 0.0,"
                + ID)
        .contains(
            "2,"
                + common
                + times
                + "2100-01-01T00:00:00.000000000,1970-01-01T00:00:00.000000000,0x65")
        .endsWith("\n,,,,,,,,,,\n");
  }

  @Test
  void arrowHasEveryTypeAndNulls() throws IOException {
    List<Object[]> rows =
        List.of(row(7, circle(), new Timespan(5, 9)), NULLS, row(9, circle(), Timespan.EMPTY));
    byte[] stream = write(TableFormat.ARROW, rows.iterator());
    try (RootAllocator memory = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
      assertThat(reader.loadNextBatch()).isTrue();
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      assertThat(batch.getFieldVectors()).allMatch(vector -> vector.isNull(1));
      assertThat(batch.getVector("site.int").getObject(2)).isEqualTo(9L);
      assertThat(batch.getVector("site.bool").getObject(0)).isEqualTo(true);
      assertThat(batch.getVector("site.uuid").getObject(0)).isEqualTo(ID);
      assertThat(batch.getVector("site.hash").getObject(2)).isEqualTo(new byte[] {0, (byte) 255});
      assertThat(batch.getVector("site.region").getObject(0)).isEqualTo(circle());
    }
  }

  @Test
  void batchesHaveABoundedNumberOfRows() throws IOException {
    byte[] stream =
        write(
            TableFormat.ARROW,
            IntStream.range(0, 20_000)
                .mapToObj(i -> row(i, circle(), Timespan.UNBOUNDED))
                .iterator());
    assertThat(batches(stream))
        .containsExactly(
            ArrowTable.MAX_ROWS, ArrowTable.MAX_ROWS, 20_000 - 2 * ArrowTable.MAX_ROWS);
  }

  @Test
  void batchesHaveABoundedNumberOfBytes() throws IOException {
    byte[] large = Arrays.copyOf(circle(), ArrowTable.FULL_BYTES / 4);
    byte[] stream =
        write(
            TableFormat.ARROW,
            IntStream.range(0, 10).mapToObj(i -> row(i, large, Timespan.UNBOUNDED)).iterator());
    assertThat(batches(stream)).containsExactly(4, 4, 2);
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatFailsHasNoEnd(TableFormat format) throws IOException {
    Iterator<Object[]> failing =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  if (i == 2) {
                    throw new IllegalStateException("the query failed");
                  }
                  return row(i, circle(), Timespan.UNBOUNDED);
                })
            .iterator();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> format.write(Rows.table(failing), out)).hasMessage("the query failed");
    String written = out.toString(StandardCharsets.ISO_8859_1);
    assertThat(written).doesNotContain("</VOTABLE>").doesNotEndWith(END_OF_STREAM);
  }

  @Test
  void aTableThatIsWholeHasAnEnd() throws IOException {
    byte[] whole = write(TableFormat.ARROW, List.<Object[]>of().iterator());
    assertThat(new String(whole, StandardCharsets.ISO_8859_1)).endsWith(END_OF_STREAM);
  }
}
