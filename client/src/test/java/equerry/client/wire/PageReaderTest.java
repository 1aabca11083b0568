package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
  private static final DimensionUniverse UNIVERSE = Captured.universe(8);
  private static final AnswerRows ROWS = new AnswerRows(UNIVERSE, WireLimits.DEFAULT);
  private static final List<String> ANSWERS = Captured.lines("answers.txt");
  private static final String PAGE =
      "{\"type\":\"data_coordinate\",\"rows\":[{\"dataId\":{\"instrument\":\"%s\"},\"records\":null}]}\n";

  static IntStream answers() {
    return IntStream.range(0, ANSWERS.size() / 2);
  }

  /// Pages of the stock server, when read and written again, are the same pages.
  @ParameterizedTest
  @MethodSource("answers")
  void readsThePagesOfTheStockServer(int number) throws IOException {
    byte[] request =
        ("{\"result_spec\":" + ANSWERS.get(2 * number) + "}").getBytes(StandardCharsets.UTF_8);
    ResultSpec spec =
        new ResultSpecReader(UNIVERSE, new ExpressionReader(UNIVERSE))
            .read(new WireJson(WireLimits.DEFAULT).parse(request).field("result_spec"));
    String page = ANSWERS.get(2 * number + 1);

    PageWriterTest.Rows rows = read(spec, stream(page + "\n"));
    PageWriter pages = new WireWriter(UNIVERSE).pages(spec, rows);
    rows.rows().forEach(pages::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pages.sendTo(out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(page + "\n");
  }

  private static PageWriterTest.Rows read(ResultSpec spec, InputStream stream) {
    if (spec instanceof ResultSpec.Refs refs) {
      Expansion expansion = refs.withRecords() ? Expansion.RECORDS : Expansion.NONE;
      List<FoundRef> found = all(ROWS.refs(expansion, stream));
      return new PageWriterTest.Rows(
          AnswerRows.columns(found.getFirst().type(), expansion),
          found.stream().map(FoundRef::row).toList());
    }
    List<ResultColumn> columns =
        AnswerRows.columns(
            spec, name -> new DatasetType(name, UNIVERSE.emptyGroup(), "StorageClass", false));
    return new PageWriterTest.Rows(columns, all(ROWS.rows(spec, columns, stream)));
  }

  private static <R> List<R> all(PageReader<R> reader) {
    List<R> rows = new ArrayList<>();
    reader.next().ifPresent(rows::addAll);
    assertThat(reader.next()).isEmpty();
    return rows;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PageReader<@Nullable Object[]> instruments(String text) {
    return instruments(stream(text));
  }

  private static PageReader<@Nullable Object[]> instruments(InputStream stream) {
    ResultSpec.DataIds spec =
        new ResultSpec.DataIds(
            UNIVERSE.group(List.of("instrument")), false, ResultSpec.Options.NONE);
    return ROWS.rows(spec, ResultColumns.ofDataIds(spec), stream);
  }

  @Test
  void noLineIsNoRow() {
    assertThat(instruments("").next()).isEmpty();
  }

  @Test
  void passesOverKeepAlives() {
    PageReader<@Nullable Object[]> reader =
        instruments(
            "{\"type\":\"keep-alive\"}\n"
                + PAGE.formatted("A")
                + "{\"type\":\"keep-alive\"}\n{\"type\":\"keep-alive\"}\n"
                + PAGE.formatted("B"));
    assertThat(reader.next().orElseThrow()).containsExactly(new Object[][] {{"A"}});
    assertThat(reader.next().orElseThrow()).containsExactly(new Object[][] {{"B"}});
    assertThat(reader.next()).isEmpty();
  }

  /// Fields that are new in some release, line ends of two characters, and a last line without one.
  @Test
  void takesWhatTheStockClientTakes() {
    PageReader<@Nullable Object[]> reader =
        instruments(
            "{\"new\":{\"a\":[1]},\"type\":\"data_coordinate\",\"rows\":[]}\r\n"
                + PAGE.formatted("A").strip());
    assertThat(reader.next().orElseThrow()).isEmpty();
    assertThat(reader.next().orElseThrow()).hasSize(1);
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void throwsTheErrorOfALine() {
    PageReader<@Nullable Object[]> reader =
        instruments(
            PAGE.formatted("A")
                + "{\"type\":\"error\",\"error\":{\"error_type\":\"missing_collection\","
                + "\"detail\":\"No collection with name 'nosuch' found.\"}}\n");
    assertThat(reader.next()).isPresent();
    assertThatThrownBy(reader::next)
        .isInstanceOf(ButlerException.NotFound.class)
        .hasMessage("No collection with name 'nosuch' found.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"data_coor",
        "{\"type\":\"data_coordinate\",\"rows\":[{\"dataId\":{\"instrument\":\"A\"}}",
        "{\"type\":\"data_coordinate\",\"rows\":[]"
      })
  void aCutLineIsNoEnd(String text) {
    PageReader<@Nullable Object[]> reader = instruments(PAGE.formatted("A") + text);
    assertThat(reader.next()).isPresent();
    assertThatThrownBy(reader::next)
        .isInstanceOfSatisfying(
            ButlerException.Unavailable.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE))
        .hasMessageContaining("ended before");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>log in</html>",
        "[]",
        "{}",
        "{\"type\":\"nosuch\"}",
        "{\"type\":\"general\",\"rows\":[]}",
        "{\"type\":\"data_coordinate\",\"rows\":7}",
        "{\"type\":\"data_coordinate\",\"rows\":[7]}",
        "{\"type\":\"data_coordinate\",\"rows\":[{\"dataId\":{}}]}",
        "{\"type\":\"data_coordinate\",\"rows\":[{\"dataId\":{\"instrument\":7}}]}",
        "{\"type\":\"error\"}",
        "{\"type\":\"error\",\"error\":{}}"
      })
  void whatIsNotOfTheProtocolIsNoAnswer(String text) {
    assertThatThrownBy(() -> instruments(text).next())
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("not of the butler protocol");
  }

  /// A page is read when it is asked for, not before.
  @Test
  void readsNoFurtherThanAsked() {
    Iterator<Integer> bytes =
        (PAGE.formatted("A") + PAGE.formatted("B")).chars().boxed().iterator();
    int[] read = {0};
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            read[0]++;
            return bytes.hasNext() ? bytes.next() : -1;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            int next = read();
            if (next < 0) {
              return -1;
            }
            into[from] = (byte) next;
            return 1;
          }
        };
    assertThat(instruments(slow).next()).isPresent();
    assertThat(read[0]).isLessThanOrEqualTo(PAGE.formatted("A").length());
  }
}
