package equerry.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares with astropy as the stock package uses it (`src/test/python/where_facts.py`).
class TimeTextTest {
  /// Formats of astropy that we refuse.
  private static final Set<String> UNSUPPORTED =
      Set.of("byear/2020.5", "decimalyear/2020.5", "plot_date/18879.125", "stardate/59466.125");

  static List<JsonNode> facts() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(TimeTextTest.class.getResourceAsStream("times.jsonl")),
                StandardCharsets.UTF_8))) {
      return in.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("facts")
  void meansTheNanosecondThatItMeansToTheStockPackage(JsonNode fact) {
    String text = fact.get("time").stringValue();
    if (fact.has("error") || UNSUPPORTED.contains(text)) {
      assertThatThrownBy(() -> TimeText.parse(text))
          .isInstanceOf(ButlerException.Invalid.class)
          .hasMessageContaining(text.isEmpty() ? "''" : text);
    } else {
      assertThat(TimeText.parse(text)).isEqualTo(fact.get("nsec").longValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"59466.125/tdb", "59466.125/ut1", "jd/59466.125/tcb", "mjd/1.0/local"})
  void scalesThatNeedTablesAreRefusedByName(String text) {
    assertThatThrownBy(() -> TimeText.parse(text))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("known are tai, tt, utc");
  }

  @Test
  void endlessTextsAreRefused() {
    assertThatThrownBy(() -> TimeText.parse("1".repeat(1_000_000) + "."))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("too long");
    assertThat(TimeText.parse("9".repeat(99) + ".")).isEqualTo(Timespan.MAX_NANOS);
  }
}
