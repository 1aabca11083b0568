package equerry.registry.obscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Formats are filled in as Python does it (`interop/make_obscore_resources.py` asks it).
class FormatTextTest {
  /// A format and what Python makes of it.
  record Case(String template, @Nullable String text, boolean error) {}

  /// Everything that is recorded.
  record Recorded(Map<String, @Nullable Object> values, List<Case> cases) {}

  @TestFactory
  List<DynamicTest> fillsAsPython() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(FormatTextTest.class.getResourceAsStream("formats.json"))) {
      Recorded recorded =
          JsonMapper.builder()
              .enable(DeserializationFeature.USE_LONG_FOR_INTS)
              .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
              .build()
              .readValue(json.readAllBytes(), Recorded.class);
      return recorded.cases().stream()
          .map(
              one ->
                  DynamicTest.dynamicTest(
                      "'" + one.template() + "'", () -> check(one, recorded.values())))
          .toList();
    }
  }

  private static void check(Case one, Map<String, @Nullable Object> values)
      throws FormatText.UnfitValue {
    FormatText format = FormatText.of(one.template());
    if (one.error()) {
      assertThatThrownBy(() -> format.fill(values)).isInstanceOf(FormatText.UnfitValue.class);
    } else {
      assertThat(format.fill(values).orElse(null)).isEqualTo(one.text());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a | a '{' is not closed",
        "a} | a single '}' stands in it",
        "{} | has no name",
        "{0} | has no name",
        "{a.} | is malformed",
        "{a[0]b} | is malformed",
        "{a!r} | has a conversion other than !s",
        "{a:{b:{c}}} | too deep",
        "{a:#x} | the format '#x' is not known",
        "{a:999d} | the format '999d' is not known",
      })
  void refusesWhatItCannotFill(String template, String reason) {
    assertThatThrownBy(() -> FormatText.of(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void asksPartsOfValues() throws FormatText.UnfitValue {
    Map<String, @Nullable Object> values = new HashMap<>();
    FormatText.Parts record =
        name -> {
          if (name.equals("name")) {
            return "obs1";
          }
          throw new FormatText.UnfitValue("no '" + name + "'");
        };
    values.put("records", Map.of("exposure", record));
    values.put("id", UUID.fromString("01a20b4e-0b18-7bb5-91f7-b2d43c213d0c"));
    assertThat(FormatText.of("{records[exposure].name}?{id}&{id.hex}").fill(values))
        .hasValue("obs1?01a20b4e-0b18-7bb5-91f7-b2d43c213d0c&01a20b4e0b187bb591f7b2d43c213d0c");
    assertThat(FormatText.of("{records[visit].name}").fill(values)).isEmpty();
    for (String unfit : List.of("{records[exposure].none}", "{records[exposure]}", "{records}")) {
      assertThatThrownBy(() -> FormatText.of(unfit).fill(values))
          .isInstanceOf(FormatText.UnfitValue.class);
    }
  }
}
