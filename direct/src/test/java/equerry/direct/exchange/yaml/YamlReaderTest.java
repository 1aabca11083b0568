package equerry.direct.exchange.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private static final YamlLimits SMALL = new YamlLimits(5_000, 10, 100, 3);

  @Test
  void tags() {
    assertThat(value("!uuid '01a20b4e-0b18-7bb5-91f7-b2d43c213d0c'"))
        .isEqualTo(UUID.fromString("01a20b4e-0b18-7bb5-91f7-b2d43c213d0c"));
    assertThat(value("!butler_time/tai/iso '1970-01-01 00:00:01.000000002'"))
        .isEqualTo(new YamlTime(1_000_000_002L));
    assertThat(value("!lsst.daf.butler.Timespan 'EMPTY'")).isEqualTo(Timespan.EMPTY);
    assertThat(value("!lsst.daf.butler.Timespan {begin: null, end: null}"))
        .isEqualTo(Timespan.UNBOUNDED);
    assertThat(value("!!binary aGFzaA==")).isEqualTo(new byte[] {'h', 'a', 's', 'h'});
    assertThat(value("!!str 5")).isEqualTo("5");
  }

  @Test
  void timestampsAreUtc() {
    // 35 and 37 leap seconds.
    assertThat(value("2014-11-18 12:56:47.112000"))
        .isEqualTo(new YamlTime(1_416_315_442_112_000_000L));
    assertThat(value("2020-01-01T01:00:00+01:00"))
        .isEqualTo(new YamlTime(1_577_836_837_000_000_000L));
  }

  @Test
  void aliasesStandForValuesThatWereRead() {
    assertThat(value("[&a {x: 1}, *a, {<<: *a, y: 2}]"))
        .isEqualTo(List.of(Map.of("x", 1L), Map.of("x", 1L), Map.of("x", 1L, "y", 2L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system x",
        "!java.net.URL 'http://localhost'",
        "!!javax.script.ScriptEngineManager []",
        "!uuid nothing",
        "!butler_time/tai/iso 'yesterday'",
        "!<lsst.sphgeom.Circle> {encoded: '70'}",
        "!<lsst.sphgeom.Circle> {encoded: xyz}",
        "!lsst.daf.butler.Timespan {begin: 1, end: 2}",
        "*unknown",
        "{a: 1, a: 2}",
        "{1: 2}",
        "{<<: 3}",
        "[1, 2",
        "99999999999999999999",
        "\u0007"
      })
  void whatHasNoMeaningIsRefusedWithItsPlace(String text) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> value(text))
        .withMessageContaining("The document test cannot be read, line");
  }

  @Test
  void depth() {
    assertThat(value("[".repeat(8) + "]".repeat(8))).isNotNull();
    assertLimit("[".repeat(10_000), "depth");
    assertLimit("{a: ".repeat(10_000), "depth");
  }

  @Test
  void valueNodes() {
    assertLimit("[" + "1, ".repeat(200) + "1]", "valueNodes");
  }

  @Test
  void aliasesOfAliasesCount() {
    String bomb = "[&a [x, x, x, x, x, x, x], &b [*a, *a, *a, *a, *a], [*b, *b, *b, *b, *b]]";
    assertLimit(bomb, "valueNodes");
  }

  @Test
  void anchors() {
    assertLimit("[&a 1, &b 2, &c 3, &d 4]", "anchors");
  }

  @Test
  void scalarsAreRefusedBeforeTheyFillTheMemory() {
    assertEndless("'", 'x');
    assertEndless("", 'x');
    assertEndless("# ", 'x');
    assertEndless("!", 'x');
    assertEndless("\"", '\n');
  }

  /// A text without an end after some characters.
  private static void assertEndless(String start, char repeated) {
    Reader endless =
        new Reader() {
          private int position;

          @Override
          public int read(char[] buffer, int offset, int length) {
            String head = "value: " + start;
            for (int i = 0; i < length; i++) {
              buffer[offset + i] = position < head.length() ? head.charAt(position) : repeated;
              position++;
            }
            assertThat(position).isLessThan(1_000_000);
            return length;
          }

          @Override
          public void close() {}
        };
    assertThatExceptionOfType(ButlerException.LimitExceeded.class)
        .isThrownBy(() -> value(endless))
        .withMessageContaining("scalarChars");
  }

  private static void assertLimit(String text, String limit) {
    assertThatExceptionOfType(ButlerException.LimitExceeded.class)
        .isThrownBy(() -> value(text))
        .withMessageContaining("(" + limit + ")");
  }

  private static @Nullable Object value(String text) {
    return value(new StringReader("value: " + text + "\n"));
  }

  private static @Nullable Object value(Reader text) {
    try (YamlReader reader = new YamlReader(text, "test", SMALL)) {
      reader.enterDocument();
      reader.nextKey();
      Object value = reader.value();
      assertThat(reader.nextKey()).isNull();
      reader.finish();
      return value;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
