package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Repositories that cannot be read are refused by name, and nothing stays open.
class UnreadableRepositoryTest {
  private static final String UNIVERSE = "name = 'config:dimensions.json'";

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(Leftovers.threads()).isEmpty();
  }

  private VariantCopy changed(String... statements) {
    VariantCopy copy = VariantCopy.make("universe8", folder);
    copy.commit(statements);
    return copy;
  }

  private static void assertUnsupported(VariantCopy copy, String... words) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(copy::open)
        .satisfies(
            fault -> {
              assertThat(fault.code())
                  .isIn(ErrorCode.UNSUPPORTED_REPOSITORY, ErrorCode.CONFIGURATION);
              assertThat(fault.detail()).contains(words).doesNotContain("SELECT");
            });
  }

  private static void assertUnavailable(VariantCopy copy, String... words) {
    assertThatExceptionOfType(ButlerException.Unavailable.class)
        .isThrownBy(copy::open)
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE);
              assertThat(fault.detail()).contains(words).doesNotContain("SELECT");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "attributes.Default, 2.0.0, attributes",
    "dimensions.static, 7.0.0, dimensions",
    "dimensions.static, 6.1.0, dimensions",
    "collections.synthIntKey, 3.0.0, collections",
    "datasets.byDimensions, 3.0.0, datasets",
    "datasets.byDimensions, 2.1.0, datasets",
    "datasets.byDimensions, nonsense, datasets",
    "opaque.ByName, 1.0.0, opaque",
    "bridge.monolithic, 1.0.0, datastores"
  })
  void refusesAnUnknownVersion(String manager, String version, String part) {
    VariantCopy copy =
        changed(
            "UPDATE butler_attributes SET value = '%s' WHERE name LIKE 'version:%%%s%%'"
                .formatted(version, manager));
    assertUnsupported(copy, part, version);
  }

  /// The rule of the stock package: the patch number does not matter.
  @Test
  void readsAnUnknownPatchNumber() {
    VariantCopy copy =
        changed(
            "UPDATE butler_attributes SET value = '2.0.99' WHERE name LIKE"
                + " 'version:%datasets.byDimensions%'");
    try (DirectButler butler = copy.open()) {
      assertThat(butler.datasetTypes().load("notes").name()).isEqualTo("notes");
    }
  }

  @ParameterizedTest
  @CsvSource({"attributes", "dimensions", "collections", "datasets", "opaque", "datastores"})
  void refusesAnUnknownManager(String part) {
    VariantCopy copy =
        changed(
            "UPDATE butler_attributes SET value = 'their.own.Manager' WHERE name ="
                + " 'config:registry.managers.%s'".formatted(part));
    assertUnsupported(copy, part, "Manager");
  }

  @Test
  void namesEveryManagerThatIsUnknown() {
    VariantCopy copy =
        changed(
            "UPDATE butler_attributes SET value = 'Their' || value WHERE name LIKE"
                + " 'config:registry.managers.%'",
            "UPDATE butler_attributes SET value = 'x.OtherManager' WHERE name IN"
                + " ('config:registry.managers.opaque', 'config:registry.managers.datasets')");
    assertUnsupported(copy, "opaque", "datasets", "OtherManager");
  }

  @Test
  void refusesAMissingManager() {
    VariantCopy copy =
        changed("DELETE FROM butler_attributes WHERE name = 'config:registry.managers.datasets'");
    assertUnsupported(copy, "datasets");
  }

  @Test
  void refusesWhatIsNoRegistry() {
    assertUnsupported(changed("DROP TABLE butler_attributes"), "butler_attributes");
  }

  @Test
  void refusesARegistryWithoutAttributes() {
    assertUnsupported(changed("DELETE FROM butler_attributes"), "universe");
  }

  @Test
  void refusesAMissingUniverse() {
    assertUnsupported(changed("DELETE FROM butler_attributes WHERE " + UNIVERSE), "universe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {
          []
          null
          7
          {}
          {"version": 8}
          {"version": "eight", "namespace": "daf_butler", "elements": {}}
          {"version": 8, "namespace": "daf_butler", "elements": [1, 2]}
          {"version": 8, "namespace": "daf_butler", "elements": {"visit": {"requires": ["nosuch"]}}}
          """)
  void refusesABrokenUniverse(String json) {
    VariantCopy copy =
        changed("UPDATE butler_attributes SET value = '%s' WHERE %s".formatted(json, UNIVERSE));
    assertUnsupported(copy, "universe");
  }

  @Test
  void refusesAUniverseWithACycle() {
    VariantCopy copy =
        changed(
            "UPDATE butler_attributes SET value = replace(value, '\"requires\": [\"skymap\"]',"
                + " '\"requires\": [\"skymap\", \"patch\"]') WHERE "
                + UNIVERSE);
    assertUnsupported(copy, "cycle");
  }

  @Test
  void reportsAMissingDatabase() throws IOException {
    VariantCopy copy = changed();
    Files.delete(copy.database());
    assertUnavailable(copy, "gen3.sqlite3", "does not exist");
  }

  @Test
  void reportsAFileThatIsNoDatabase() throws IOException {
    VariantCopy copy = changed();
    Files.writeString(copy.database(), "This is no database at all. ".repeat(100));
    assertThatExceptionOfType(ButlerException.class)
        .isThrownBy(copy::open)
        .satisfies(fault -> assertThat(fault.code()).isNotEqualTo(ErrorCode.INTERNAL));
  }

  @Test
  void reportsAServerThatDoesNotAnswer() throws IOException {
    VariantCopy copy = changed();
    Files.writeString(
        copy.root().resolve("butler.yaml"),
        "registry:\n  db: postgresql://nobody:secret@localhost:1/none\n");
    assertUnavailable(copy, "localhost:1");
    assertThatExceptionOfType(ButlerException.Unavailable.class)
        .isThrownBy(copy::open)
        .satisfies(fault -> assertThat(fault.detail()).doesNotContain("secret"));
  }
}
