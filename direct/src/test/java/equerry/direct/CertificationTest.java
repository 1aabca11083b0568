package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import equerry.direct.DemoCopy.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Random certifications leave the rows that they leave in the stock package, which
/// `src/test/python/make_ranges.py` has asked.
class CertificationTest {
  private static final String COLLECTION = "LarkCam/calib";

  @ParameterizedTest
  @EnumSource(Engine.class)
  void leaveTheRowsOfTheStockPackage(Engine engine, @TempDir Path folder) throws Exception {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        WritableDirectButler butler = demo.openForWriting()) {
      int number = 0;
      for (JsonNode known : cases()) {
        butler.write(
            changes -> {
              changes.datasets().decertify(COLLECTION, "bias", Timespan.UNBOUNDED, null);
              return true;
            });
        demo.commit("DELETE FROM dataset_calibs_00000002 WHERE dataset_type_id = 2");
        for (JsonNode step : known.get("steps")) {
          take(butler, step);
        }
        assertThat(rows(demo)).as("case %d", number++).isEqualTo(expected(known));
      }
      assertThat(number).isEqualTo(120);
    }
  }

  private static JsonNode cases() throws IOException {
    try (InputStream packed =
        Objects.requireNonNull(CertificationTest.class.getResourceAsStream("ranges.json.gz"))) {
      return new JsonMapper().readTree(new GZIPInputStream(packed));
    }
  }

  private static void take(WritableDirectButler butler, JsonNode step) {
    Timespan timespan =
        new Timespan(
            step.get("timespan").get(0).longValue(), step.get("timespan").get(1).longValue());
    if (step.has("decertify")) {
      @Nullable List<DataId> dataIds = dataIds(butler, step.get("decertify"));
      butler.write(
          changes -> {
            changes.datasets().decertify(COLLECTION, "bias", timespan, dataIds);
            return true;
          });
      return;
    }
    List<UUID> ids = new ArrayList<>();
    step.get("certify").forEach(id -> ids.add(UUID.fromString(id.stringValue())));
    List<DatasetRef> refs = butler.datasets().findAll(ids);
    boolean conflict = false;
    try {
      butler.write(
          changes -> {
            changes.datasets().certify(COLLECTION, refs, timespan);
            return true;
          });
    } catch (ButlerException.Conflict refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
      conflict = true;
    }
    assertThat(conflict).isEqualTo(step.get("conflict").booleanValue());
  }

  private static @Nullable List<DataId> dataIds(WritableDirectButler butler, JsonNode detectors) {
    if (detectors.isNull()) {
      return null;
    }
    List<DataId> dataIds = new ArrayList<>();
    detectors.forEach(
        detector ->
            dataIds.add(
                DataId.of(
                    butler.datasetTypes().load("bias").dimensions(),
                    List.of("LarkCam", detector.longValue()))));
    return dataIds;
  }

  private static List<List<Object>> expected(JsonNode known) {
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode row : known.get("rows")) {
      rows.add(
          List.of(
              row.get(0).stringValue(),
              row.get(1).longValue(),
              row.get(2).longValue(),
              row.get(3).longValue()));
    }
    return rows;
  }

  private static List<List<Object>> rows(DemoCopy demo) throws SQLException {
    String timespan =
        demo.database() == null
            ? "timespan_begin, timespan_end"
            : "CASE WHEN isempty(timespan) THEN %1$d ELSE coalesce(lower(timespan), 0) END,"
                    .formatted(Timespan.MAX_NANOS)
                + " CASE WHEN isempty(timespan) THEN 0 ELSE coalesce(upper(timespan), %1$d) END"
                    .formatted(Timespan.MAX_NANOS);
    List<List<Object>> rows = new ArrayList<>();
    try (Connection connection = demo.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT replace(CAST(dataset_id AS text), '-', ''), detector, %s FROM dataset_calibs_00000002 WHERE dataset_type_id = 2 ORDER BY 1, 2, 3, 4"
                    .formatted(timespan))) {
      while (result.next()) {
        rows.add(
            List.of(result.getString(1), result.getLong(2), result.getLong(3), result.getLong(4)));
      }
    }
    return rows;
  }
}
