package equerry.api.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataIdTest {
  private final DimensionUniverse universe = UniverseFacts.universe(8);
  private final DimensionGroup group = universe.group(List.of("exposure", "detector"));

  @Test
  void valuesStandInKeyOrderAndPrintAsInTheStockPackage() {
    DataId dataId = DataId.of(group, List.of("Cam1", 1L, 11L, "g", 20210909L, "g1", "Cam1-G"));

    assertThat(dataId.isFull()).isTrue();
    assertThat(dataId.find("physical_filter")).contains("Cam1-G");
    assertThat(dataId.find("tract")).isEmpty();
    assertThat(dataId)
        .hasToString(
            "{instrument: 'Cam1', detector: 1, exposure: 11, band: 'g', day_obs: 20210909, group: 'g1', physical_filter: 'Cam1-G'}");
  }

  @Test
  void impliedValuesDoNotCountForEquality() {
    DataId full = DataId.of(group, List.of("Cam1", 1L, 11L, "g", 20210909L, "g1", "Cam1-G"));
    DataId minimal = DataId.of(group, List.of("Cam1", 1L, 11L));

    assertThat(minimal).isEqualTo(full).hasSameHashCodeAs(full);
    assertThat(minimal.isFull()).isFalse();
    assertThat(minimal.find("band")).isEmpty();
    assertThat(minimal).isNotEqualTo(DataId.of(group, List.of("Cam1", 2L, 11L)));
  }

  @Test
  void aWrongNumberOfValuesIsRefused() {
    assertThatThrownBy(() -> DataId.of(group, List.of("Cam1", 1L)))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("2 values");
  }

  @Test
  void theEmptyDataIdIsFull() {
    assertThat(DataId.empty(universe).isFull()).isTrue();
    assertThat(DataId.empty(universe)).hasToString("{}");
  }
}
