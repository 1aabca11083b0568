package equerry.registry.obscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ObsCoreTableTest {
  private static ObsCoreConfig config(String more) {
    return ObsCoreConfig.ofStored(
        """
        {"version": 1, "facility_name": "Hut", %s,
         "dataset_types": {"raw": {"dataproduct_type": "image", "calib_level": 1}}}
        """
            .formatted(more));
  }

  @SuppressWarnings("unchecked")
  private static DimensionUniverse universe(String namespace) throws IOException {
    try (InputStream json =
        Objects.requireNonNull(
            ObsCoreTableTest.class.getResourceAsStream(
                "/equerry/registry/create/universe-8.json"))) {
      Map<String, Object> values = new JsonMapper().readValue(json.readAllBytes(), Map.class);
      values.put("namespace", namespace);
      return DimensionUniverse.of(values);
    }
  }

  @Test
  void runsMatchAsAWhole() throws IOException {
    ObsCoreTable table =
        ObsCoreTable.of(
            config("\"collection_type\": \"RUN\", \"collections\": [\"a/.*\", \"b\"]"),
            universe("daf_butler"));
    assertThat(table.takesRun("a/1")).isTrue();
    assertThat(table.takesRun("b")).isTrue();
    assertThat(table.takesRun("b/1")).isFalse();
    assertThat(table.takesRun("x/a/1")).isFalse();
    assertThat(table.taggedCollection()).isEmpty();
    assertThat(table.datasetTypes()).containsExactly("raw");
  }

  @Test
  void withoutPatternsAllRunsMatch() throws IOException {
    ObsCoreTable table =
        ObsCoreTable.of(config("\"collection_type\": \"RUN\""), universe("daf_butler"));
    assertThat(table.takesRun("any/run")).isTrue();
  }

  @Test
  void aTaggedCollectionStandsForItself() throws IOException {
    ObsCoreTable table =
        ObsCoreTable.of(
            config("\"collection_type\": \"TAGGED\", \"collections\": [\"shown\"]"),
            universe("daf_butler"));
    assertThat(table.takesRun("shown")).isFalse();
    assertThat(table.taggedCollection()).hasValue("shown");
  }

  @Test
  void rulesForOtherDimensionsAreRefusedByName() throws IOException {
    DimensionUniverse other = universe("gallery");
    ObsCoreConfig config = config("\"collection_type\": \"RUN\"");
    assertThatThrownBy(() -> ObsCoreTable.of(config, other))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED_REPOSITORY))
        .hasMessageContaining("'gallery'");
  }
}
