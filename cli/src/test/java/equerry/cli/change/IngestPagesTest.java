package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.create.Universes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How rows become pages: those of one file stay together.
class IngestPagesTest {
  private static final DimensionUniverse UNIVERSE = Universes.parse(Universes.json(8));

  private static DataId detector(long number) {
    return DataId.of(UNIVERSE.group(List.of("detector")), List.of("Cam", number));
  }

  /// The numbers of rows of each file of each page.
  private static List<List<Integer>> pages(int pageRows, String... files) {
    List<IngestTable.Row> rows = new ArrayList<>();
    for (String file : files) {
      rows.add(new IngestTable.Row(file, detector(rows.size())));
    }
    List<List<Integer>> sizes = new ArrayList<>();
    new IngestPages(rows.iterator(), pageRows)
        .forEachRemaining(page -> sizes.add(page.values().stream().map(List::size).toList()));
    return sizes;
  }

  @Test
  void pagesHaveAsManyRowsAsAskedFor() {
    assertThat(pages(2, "a", "b", "c", "d", "e"))
        .containsExactly(List.of(1, 1), List.of(1, 1), List.of(1));
  }

  @Test
  void rowsOfAFileAreNeverParted() {
    assertThat(pages(2, "a", "b", "b", "b", "c")).containsExactly(List.of(1, 3), List.of(1));
  }

  @Test
  void rowsOfAFileWithinAPageAreOneFile() {
    assertThat(pages(10, "a", "b", "a")).containsExactly(List.of(2, 1));
  }

  @Test
  void noRowsAreNoPages() {
    assertThat(pages(10)).isEmpty();
  }

  @Test
  void rowsAreReadAsTheyAreAskedFor() {
    List<Long> read = new ArrayList<>();
    Stream<IngestTable.Row> rows =
        LongStream.range(0, 1_000_000)
            .mapToObj(
                n -> {
                  read.add(n);
                  return new IngestTable.Row("f" + n, detector(n));
                });
    IngestPages pages = new IngestPages(rows.iterator(), 10);
    pages.next();
    assertThat(read).hasSize(11);
  }
}
