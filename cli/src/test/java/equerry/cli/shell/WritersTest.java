package equerry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.ColumnType;
import equerry.api.time.Timespan;
import equerry.cli.shell.RowWriter.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WritersTest {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("name"),
          new OutputColumn("count", "count", ColumnType.INT),
          new OutputColumn("when (TAI)", "when", ColumnType.TIMESPAN));

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  private void write(RowWriter writer, List<List<@Nullable Object>> rows) {
    writer.section(new Section(COLUMNS, RowOrder.AS_GIVEN));
    rows.forEach(writer::row);
    writer.finish();
    out.flush();
  }

  @Test
  void csvQuotesByTheRulesOfRfc4180() {
    write(
        new CsvWriter(out, COLUMNS),
        List.of(row("a,b", 1L, null), row("say \"x\"", -2L, null), row("two\nlines", null, null)));
    assertThat(text.toString())
        .isEqualTo("name,count,when\n\"a,b\",1,\n\"say \"\"x\"\"\",-2,\n\"two\nlines\",,\n");
  }

  @Test
  void jsonIsAsciiAndTellsUnboundedAsNull() {
    Timespan until = Timespan.between(null, 1_000_000_000L);
    write(JsonWriter.array(out), List.of(row("Zürich\u0007", 3L, until), row("b", null, null)));
    assertThat(text.toString().chars()).allMatch(c -> c < 0x7f);
    JsonNode rows = new JsonMapper().readTree(text.toString());
    assertThat(rows.get(0).get("name").asString()).isEqualTo("Zürich\u0007");
    assertThat(rows.at("/0/when/begin").isNull()).isTrue();
    assertThat(rows.at("/0/when/end").asString()).startsWith("1970-01-01T00:00:01");
    assertThat(rows.at("/1/count").isNull()).isTrue();
  }

  @Test
  void anArrayThatWasCutStaysOpen() {
    RowWriter writer = JsonWriter.array(out);
    writer.section(new Section(COLUMNS, RowOrder.AS_GIVEN));
    writer.row(row("a", 1L, null));
    out.flush();
    assertThat(text.toString()).startsWith("[").doesNotContain("]");
  }

  @Test
  void tablesAreSortedAndAligned() {
    RowWriter writer = new TableWriter(out);
    writer.section(new Section(COLUMNS, RowOrder.ofFirst(2)));
    writer.row(row("b", 10L, null));
    writer.row(row("a", 9L, null));
    writer.row(row("a", 2L, null));
    writer.finish();
    assertThat(text.toString())
        .isEqualTo(
            """
            name count when (TAI)
            ---- ----- ----------
            a        2 None
            a        9 None
            b       10 None
            """);
  }

  @Test
  void aTableThatGrowsTooLongGoesOnUnsorted() {
    RowWriter writer = new TableWriter(out, 2);
    writer.section(new Section(COLUMNS, RowOrder.ofFirst(1)));
    for (String name : List.of("c", "b", "a", "much longer", "0")) {
      writer.row(row(name, 1L, null));
    }
    writer.finish();
    assertThat(text.toString().lines().skip(2).map(line -> line.split(" +1")[0]))
        .containsExactly("a", "b", "c", "much longer", "0");
  }

  @Test
  void controlCharactersCannotMoveTheCursor() {
    write(new TableWriter(out), List.of(row("a\u001b[2Jb\nc", 1L, null)));
    assertThat(text.toString()).contains("a\ufffd[2Jb\ufffdc").hasLineCount(3);
  }
}
