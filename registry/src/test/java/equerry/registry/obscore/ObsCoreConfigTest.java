package equerry.registry.obscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Configurations are kept, and tables made, as the stock package does it
/// (`interop/make_obscore_resources.py` asks it).
class ObsCoreConfigTest {
  private static final String PRODUCTS =
      "{\"raw\": {\"dataproduct_type\": \"image\", \"calib_level\": 1}}";

  /// What the stock package makes of a configuration.
  record Made(
      Map<String, Object> source, String stored, List<String> sqlite, List<String> postgresql) {}

  /// Everything that is recorded.
  record Recorded(List<Made> good, List<Map<String, Object>> bad) {}

  static List<Made> good() throws IOException {
    return recorded().good();
  }

  static List<Map<String, Object>> bad() throws IOException {
    return recorded().bad();
  }

  private static Recorded recorded() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(ObsCoreConfigTest.class.getResourceAsStream("configs.json"))) {
      return new JsonMapper().readValue(json.readAllBytes(), Recorded.class);
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void isKeptToTheByte(Made recorded) {
    ObsCoreConfig config = ObsCoreConfig.of(recorded.source());
    assertThat(config.storedJson()).isEqualTo(recorded.stored());
    ObsCoreConfig again = ObsCoreConfig.ofStored(config.storedJson());
    assertThat(again.storedJson()).isEqualTo(recorded.stored());
  }

  @ParameterizedTest
  @MethodSource("good")
  void makesTheTable(Made recorded) {
    ObsCoreConfig config = ObsCoreConfig.of(recorded.source());
    assertThat(statements(config, Dialect.postgres()))
        .containsExactlyElementsOf(plain(recorded.postgresql()));
    boolean isForBoth = !config.spatialPlugins().toString().contains("PgSphere");
    if (isForBoth) {
      assertThat(statements(config, Dialect.sqlite()))
          .containsExactlyElementsOf(plain(recorded.sqlite()));
    }
  }

  private static List<String> statements(ObsCoreConfig config, Dialect dialect) {
    return plain(
        config.table().statements(dialect).stream()
            .filter(statement -> !statement.startsWith("COMMENT"))
            .toList());
  }

  private static List<String> plain(List<String> statements) {
    return statements.stream()
        .map(statement -> statement.replace("\"", "").replaceAll("\\s+", " "))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatTheStockPackageRefuses(Map<String, Object> source) {
    assertThatThrownBy(() -> ObsCoreConfig.of(source))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CONFIGURATION));
  }

  @Test
  void namesEveryFault() {
    assertThatThrownBy(
            () ->
                ObsCoreConfig.ofStored(
                    """
                    {"facility_name": 3, "collection_type": "RUN", "dataset_types": {"raw": {}}}
                    """))
        .hasMessageContaining("facility_name is '3', where a text is expected")
        .hasMessageContaining("version is missing")
        .hasMessageContaining("dataset_types.raw.calib_level is missing");
  }

  @ParameterizedTest
  @MethodSource("useless")
  void refusesWhatTheStockPackageFailsAtLater(String part, String message) {
    String json =
        """
        {"version": 1, "facility_name": "Hut", "collection_type": "RUN", "dataset_types": %s, %s}
        """
            .formatted(PRODUCTS, part);
    assertThatThrownBy(() -> ObsCoreConfig.ofStored(json)).hasMessageContaining(message);
  }

  static Stream<Arguments> useless() {
    return Stream.of(
        Arguments.of("\"collections\": [\"(\"]", "collections: the pattern '(' is no regular"),
        Arguments.of(
            "\"obs_publisher_did_fmt\": \"{id\"", "obs_publisher_did_fmt is no valid format"),
        Arguments.of("\"obs_publisher_did_fmt\": \"{}\"", "has no name"),
        Arguments.of("\"indices\": {\"a\": \"none\"}", "names the column 'none', which is none"),
        Arguments.of(
            "\"spatial_plugins\": {\"a\": {\"cls\": \"my.Plugin\"}}",
            "spatial_plugins.a.cls is 'my.Plugin', which is not known"),
        Arguments.of(
            "\"extra_columns\": {\"a\": {\"template\": \"{id}\", \"type\": \"int\", \"length\": 3}}",
            "extra_columns.a.length is for strings only"));
  }

  @Test
  void refusesTextThatIsNoObject() {
    assertThatThrownBy(() -> ObsCoreConfig.ofStored("[1]"))
        .hasMessageContaining("it is not a JSON object");
    assertThatThrownBy(() -> ObsCoreConfig.ofStored("{} {}"))
        .hasMessageContaining("it is not a JSON object");
  }
}
