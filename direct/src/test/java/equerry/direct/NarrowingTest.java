package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetRef;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Datasets over one place: candidates are checked before anything is joined to them, unless they
/// are too many. Which datasets overlap is compared with the stock package in `interop`.
class NarrowingTest {
  private static final String PATCH =
      "instrument = 'LarkCam' AND skymap = 'meadow_v1' AND tract = 1 AND patch = 2";
  private static final String CIRCLE =
      "instrument = 'LarkCam' AND visit_detector_region.region OVERLAPS CIRCLE(40.05, -12.1, 0.02)";

  /// More than candidates are checked at once.
  private static final int MANY_VISITS = 10_100;

  @TempDir Path folder;

  private static Set<UUID> images(DirectButler butler, String where) {
    return butler
        .query()
        .where(where, Map.of())
        .refs("visit_image", "meadow/latest")
        .list()
        .stream()
        .map(DatasetRef::id)
        .collect(Collectors.toSet());
  }

  private static List<String> spatial(SqlLog log) {
    return log.take().stream().filter(statement -> statement.contains("_overlap")).toList();
  }

  @ParameterizedTest
  @EnumSource
  void regionsAreCheckedBeforeDatasetsAreJoined(Engine engine) {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open();
        SqlLog log = new SqlLog()) {
      for (String where : List.of(PATCH, CIRCLE)) {
        Set<UUID> found = images(butler, where);
        assertThat(spatial(log)).singleElement().asString().doesNotContain("dataset_tags");
        Set<UUID> foundAtOnce = images(butler, where + " AND band != 'none'");
        assertThat(spatial(log)).singleElement().asString().contains("dataset_tags");
        assertThat(found).isNotEmpty().isEqualTo(foundAtOnce);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsJoinedToNothing(Engine engine) {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open();
        SqlLog log = new SqlLog()) {
      String elsewhere =
          "instrument = 'LarkCam' AND visit_detector_region.region OVERLAPS CIRCLE(0, 80, 0.1)";
      assertThat(images(butler, elsewhere)).isEmpty();
      assertThat(log.take()).noneMatch(statement -> statement.contains("dataset_tags"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tooManyCandidatesAreLeftToOneStatement(Engine engine) {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open();
        SqlLog log = new SqlLog()) {
      Set<UUID> before = images(butler, PATCH);
      addVisits(demo);
      log.take();
      assertThat(images(butler, PATCH)).isNotEmpty().isEqualTo(before);
      assertThat(spatial(log))
          .hasSize(2)
          .last()
          .asString()
          .contains("dataset_tags")
          .contains("visit_detector_region_skypix_overlap");
    }
  }

  /// Visits without datasets, each at the place of one that has some.
  private static void addVisits(DemoCopy demo) {
    String numbers =
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)"
            .formatted(MANY_VISITS);
    String like = "WHERE v.instrument = 'LarkCam' AND %s = 2026031500002";
    demo.commit(
        "INSERT INTO visit (instrument, id, day_obs, physical_filter, name) %s SELECT v.instrument, n, v.day_obs, v.physical_filter, 'v' || n FROM numbers CROSS JOIN visit v %s"
            .formatted(numbers, like.formatted("v.id")),
        "INSERT INTO visit_detector_region (instrument, detector, visit, region) %s SELECT v.instrument, v.detector, n, v.region FROM numbers CROSS JOIN visit_detector_region v %s"
            .formatted(numbers, like.formatted("v.visit")),
        "INSERT INTO visit_detector_region_skypix_overlap (skypix_system, skypix_level, instrument, detector, visit, skypix_index) %s SELECT v.skypix_system, v.skypix_level, v.instrument, v.detector, n, v.skypix_index FROM numbers CROSS JOIN visit_detector_region_skypix_overlap v %s"
            .formatted(numbers, like.formatted("v.visit")));
  }
}
