package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.registry.create.Universes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How data IDs are read from options and rows.
class DataIdTest {
  private static final DimensionUniverse UNIVERSE = Universes.parse(Universes.json(8));
  private static final List<String> COLUMNS =
      List.of("file", "physical_filter", "comment", "detector");

  private static DataIdColumns columns(Map<String, Object> fixed) {
    return DataIdColumns.find(
        COLUMNS, UNIVERSE.group(List.of("instrument", "detector", "physical_filter")), fixed);
  }

  @Test
  void optionsGiveTypedValues() {
    assertThat(DataIdValues.parse(List.of("instrument=Cam,detector=12", "group=7"), UNIVERSE))
        .containsExactlyEntriesOf(orderedMap());
  }

  private static Map<String, Object> orderedMap() {
    Map<String, Object> values = new java.util.LinkedHashMap<>();
    values.put("instrument", "Cam");
    values.put("detector", 12L);
    values.put("group", "7");
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "detektor=3 | Did you mean 'detector'?",
        "detector=a | 'a' is no value of detector",
        "detector=99999999999999999999 | is no value of detector",
        "detector | write it as detector=12",
        "visit_definition=3 | There is no dimension 'visit_definition'",
      })
  void wrongOptionsAreToldApart(String text, String told) {
    assertThatThrownBy(() -> DataIdValues.parse(List.of(text), UNIVERSE))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining(told);
  }

  @Test
  void rowsKeepTextsAsTheyAreAndMakeNumbersOfNumbers() {
    DataIdColumns columns = columns(Map.of("instrument", "Cam"));
    assertThat(columns.read(List.of("f", "007", "-", "3"), 1).required())
        .isEqualTo(Map.of("instrument", "Cam", "physical_filter", "007", "detector", 3L));
    assertThat(columns.read(List.of("f", "r", "-", 3.0), 1).required()).containsValue(3L);
    assertThat(columns.unused(COLUMNS)).containsExactly("comment");
  }

  @Test
  void optionsGoBeforeColumns() {
    DataIdColumns columns = columns(Map.of("instrument", "Cam", "detector", 9L));
    assertThat(columns.read(List.of("f", "r", "-", "3"), 1).find("detector")).contains(9L);
    assertThat(columns.unused(COLUMNS)).containsExactly("comment", "detector");
  }

  @Test
  void aDimensionWithoutValueIsNamed() {
    assertThatThrownBy(() -> columns(Map.of()))
        .hasMessageContaining("no column 'instrument'")
        .hasMessageContaining("--data-id instrument=VALUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "1e3"})
  void aBadValueIsToldWithItsRow(String value) {
    assertThatThrownBy(
            () -> columns(Map.of("instrument", "Cam")).read(List.of("f", "r", "-", value), 17))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("Row 17 of the table")
        .hasMessageContaining("detector");
  }

  @Test
  void nullsAndFractionsAreNoValues() {
    DataIdColumns columns = columns(Map.of("instrument", "Cam"));
    assertThatThrownBy(() -> columns.read(Arrays.asList("f", "r", null, null), 2))
        .hasMessageContaining("no value for detector");
    assertThatThrownBy(() -> columns.read(Arrays.asList("f", "r", null, 2.5), 2))
        .hasMessageContaining("'2.5' is no value of detector");
  }
}
