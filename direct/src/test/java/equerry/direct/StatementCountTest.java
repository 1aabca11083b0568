package equerry.direct;

import static equerry.direct.Lookups.lookup;
import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.Datasets.Expansion;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The small look-ups are one statement each once the repository is known.
class StatementCountTest {
  private static final UUID RAW = UUID.fromString("0d8568d8-fc99-50fc-b455-1cc9b5154558");
  private static final Map<String, Object> RAW_ID =
      Map.of("instrument", "LarkCam", "exposure", 2026031400003L, "detector", 0L);

  @TempDir Path folder;

  private void assertStatements(
      Engine engine, int expected, java.util.function.Consumer<DirectButler> call) {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open();
        SqlLog log = new SqlLog()) {
      call.accept(butler);
      assertThat(log.take()).as("statements of the first call").isNotEmpty();
      for (int i = 0; i < 3; i++) {
        call.accept(butler);
        assertThat(log.take()).hasSize(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findIsOneStatement(Engine engine) {
    DatasetLookup inRun = lookup("raw", RAW_ID, "LarkCam/raw/all");
    assertStatements(
        engine, 1, b -> assertThat(b.datasets().find(inRun, Expansion.NONE)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void findInAChainIsOneStatement(Engine engine) {
    DatasetLookup inChain = lookup("raw", RAW_ID, "meadow/latest");
    assertStatements(
        engine, 1, b -> assertThat(b.datasets().find(inChain, Expansion.NONE)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void findOfNothingIsOneStatement(Engine engine) {
    DatasetLookup nothing = lookup("raw", RAW_ID, "refcats");
    assertStatements(
        engine, 1, b -> assertThat(b.datasets().find(nothing, Expansion.NONE)).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void findOfACalibrationIsOneStatement(Engine engine) {
    DatasetLookup atTime =
        new DatasetLookup(
            "bias",
            Map.of("instrument", "LarkCam", "detector", 0L),
            Map.of(),
            List.of("LarkCam/defaults"),
            new equerry.api.time.Timespan(1_773_500_000_000_000_000L, 1_773_500_001_000_000_000L));
    assertStatements(
        engine, 1, b -> assertThat(b.datasets().find(atTime, Expansion.NONE)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void findByIdentityIsOneStatement(Engine engine) {
    assertStatements(
        engine, 1, b -> assertThat(b.datasets().find(RAW, Expansion.NONE)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void filesByIdentityAreOneStatement(Engine engine) {
    assertStatements(engine, 1, b -> assertThat(b.files().find(RAW)).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void filesOfManyAreOneStatement(Engine engine) {
    UUID other = UUID.fromString("2297a482-28f8-5e94-b96b-e075b76cb695");
    assertStatements(engine, 1, b -> assertThat(b.files().findAll(List.of(RAW, other))).hasSize(2));
  }

  /// One for the dataset, one for the records that make its data ID full, one for the files.
  @ParameterizedTest
  @EnumSource
  void filesByDataIdAreThreeStatements(Engine engine) {
    DatasetLookup inChain =
        lookup(
            "deep_coadd",
            Map.of("skymap", "meadow_v1", "tract", 0L, "patch", 1L, "band", "g"),
            "meadow/latest");
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open();
        SqlLog log = new SqlLog()) {
      assertThat(butler.files().load(inChain).files()).hasSize(1);
      log.take();
      assertThat(butler.files().load(inChain).files()).hasSize(1);
      assertThat(log.take()).hasSizeLessThanOrEqualTo(3);
    }
  }
}
