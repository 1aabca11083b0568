package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.dimension.RecordEdits.OnDifference;
import equerry.api.dimension.RecordEdits.Synced;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.ResultStream;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Inserting and replacing dimension records.
///
/// That the rows are those of the stock package, pixels of regions included, is a matter of other
/// tests; these are about what is refused and how.
public abstract class RecordEditsContract extends EditsContract {
  private static final long NEW = 77;

  /// A record of LarkCam; columns that are not given are null.
  private DimensionRecord record(String element, Map<String, Object> given) {
    DimensionElement of = butler().universe().element(element);
    List<@Nullable Object> values = new ArrayList<>();
    for (Column column : of.recordColumns()) {
      values.add(column.name().equals("instrument") ? "LarkCam" : given.get(column.name()));
    }
    return new DimensionRecord(of, values);
  }

  private DimensionRecord detector(long id, String fullName) {
    return record("detector", Map.of("id", id, "full_name", fullName));
  }

  private Map<String, Object> found(String element, String where) {
    try (ResultStream<DimensionRecord> records =
        butler().query().where("instrument = 'LarkCam' AND " + where).records(element).stream()) {
      Map<String, Object> values = new HashMap<>();
      DimensionRecord record = records.iterator().next();
      for (int i = 0; i < record.values().size(); i++) {
        Object value = record.values().get(i);
        if (value != null) {
          values.put(record.element().recordColumns().get(i).name(), value);
        }
      }
      return values;
    }
  }

  private void insert(OnConflict onConflict, DimensionRecord... records) {
    write(changes -> changes.records().insert(List.of(records), onConflict));
  }

  private Synced sync(DimensionRecord record, OnDifference onDifference) {
    return butler().write(changes -> changes.records().sync(record, onDifference));
  }

  private void conflicts(OnConflict onConflict, DimensionRecord record, String... parts) {
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.records().insert(List.of(record), onConflict),
        parts);
  }

  private void refusesValue(DimensionRecord record, String column, String part) {
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_VALUE,
        changes -> changes.records().insert(List.of(record), OnConflict.REPLACE),
        record.element().name(),
        "=77",
        "'" + column + "'",
        part);
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_VALUE,
        changes -> changes.records().sync(record, OnDifference.UPDATE),
        "'" + column + "'",
        part);
  }

  private void refusesDetector(String column, Object value, String part) {
    refusesValue(record("detector", Map.of("id", NEW, column, value)), column, part);
  }

  private void refusesVisit(String column, Object value, String part) {
    Map<String, Object> values =
        new HashMap<>(Map.of("id", NEW, "physical_filter", "lark-g", "day_obs", 20260314L));
    values.put(column, value);
    refusesValue(record("visit", values), column, part);
  }

  @Test
  void refusesValuesThatColumnsCannotKeep() {
    refusesDetector("full_name", 5L, "type string");
    refusesDetector("full_name", "a\0b", "character");
    refusesDetector("full_name", "a\ud800b", "character");
    refusesDetector("purpose", true, "type string");
    refusesVisit("day_obs", "20260314", "type int");
    refusesVisit("region", new byte[] {1, 2, 3}, "no encoded region");
    refusesVisit("region", "text", "type region");
    refusesVisit("timespan", 5L, "type timespan");
    refusesVisit("exposure_time", "long", "type float");
    refusesVisit("physical_filter", "f".repeat(33), "32 characters");
    refusesVisit("physical_filter", "", "32 characters");
  }

  @Test
  void refusesRecordsWithoutAKey() {
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_VALUE,
        changes -> changes.records().insert(List.of(record("detector", Map.of())), OnConflict.FAIL),
        "'id'",
        "missing");
  }

  @Test
  void refusesElementsWithoutATable() {
    for (String name : List.of("band", "htm7")) {
      DimensionElement element = butler().universe().element(name);
      List<@Nullable Object> values = new ArrayList<>();
      element.recordColumns().forEach(column -> values.add(null));
      refuses(
          ButlerException.Invalid.class,
          ErrorCode.DIMENSION_VALUE,
          changes ->
              changes
                  .records()
                  .insert(List.of(new DimensionRecord(element, values)), OnConflict.SKIP),
          name);
    }
  }

  @Test
  void refusesRecordsOfSeveralElements() {
    refuses(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_VALUE,
        changes ->
            changes
                .records()
                .insert(
                    List.of(
                        detector(NEW, "N"),
                        record("physical_filter", Map.of("name", "f", "band", "g"))),
                    OnConflict.FAIL),
        "detector",
        "physical_filter");
  }

  @Test
  void namesTheRecordWhoseKeyIsTaken() {
    conflicts(OnConflict.FAIL, detector(1, "new name"), "detector", "detector=1", "already");
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes ->
            changes
                .records()
                .insert(List.of(detector(NEW, "N"), detector(NEW, "M")), OnConflict.FAIL),
        "detector=77",
        "twice");
  }

  @Test
  void namesTheRecordWhoseAlternateKeyIsTaken() {
    String taken = String.valueOf(found("detector", "detector = 1").get("full_name"));
    for (OnConflict onConflict : OnConflict.values()) {
      conflicts(onConflict, detector(NEW, taken), "detector=77", "full_name", taken, "id=1");
    }
  }

  @Test
  void namesTheRecordThatIsMissing() {
    Map<String, Object> values = Map.of("id", NEW, "physical_filter", "nope", "day_obs", 20260314L);
    for (OnConflict onConflict : OnConflict.values()) {
      conflicts(onConflict, record("visit", values), "visit=77", "physical_filter 'nope'");
    }
  }

  @Test
  void namesTheConflictOfASync() {
    String taken = String.valueOf(found("detector", "detector = 1").get("full_name"));
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.records().sync(detector(NEW, taken), OnDifference.UPDATE),
        "detector=77",
        "full_name");
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.records().sync(detector(0, taken), OnDifference.UPDATE),
        "detector=0",
        "full_name");
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.records().sync(detector(0, "other"), OnDifference.FAIL),
        "detector=0",
        "full_name",
        "'other'");
  }

  /// A conflict inside of a nested change leaves the rest of the change as it is.
  @Test
  void goesOnAfterANestedConflict() {
    write(
        changes -> {
          changes.records().insert(List.of(detector(NEW, "N")), OnConflict.FAIL);
          try {
            changes.nested(
                inner -> {
                  inner.records().insert(List.of(detector(NEW + 1, "M")), OnConflict.FAIL);
                  inner.records().insert(List.of(detector(NEW, "O")), OnConflict.FAIL);
                  return true;
                });
          } catch (ButlerException.Conflict expected) {
            assertThat(expected.detail()).contains("detector=77");
          }
          changes.records().insert(List.of(detector(NEW + 2, "P")), OnConflict.FAIL);
        });
    assertThat(found("detector", "detector = 77")).containsEntry("full_name", "N");
    assertThat(found("detector", "detector = 79")).containsEntry("full_name", "P");
    assertThat(
            butler()
                .query()
                .where("instrument = 'LarkCam' AND detector = 78")
                .records("detector")
                .count())
        .isZero();
  }

  @Test
  void keepsOrReplacesWhatIsThere() {
    DimensionRecord first =
        record("detector", Map.of("id", NEW, "full_name", "N", "purpose", "SCIENCE"));
    insert(OnConflict.FAIL, first);
    insert(OnConflict.SKIP, detector(NEW, "other"), detector(NEW, "and another"));
    assertThat(found("detector", "detector = 77"))
        .containsEntry("full_name", "N")
        .containsEntry("purpose", "SCIENCE");
    insert(OnConflict.REPLACE, detector(NEW, "other"), detector(NEW, "last"));
    assertThat(found("detector", "detector = 77"))
        .containsEntry("full_name", "last")
        .doesNotContainKey("purpose");
  }

  @Test
  void tellsWhatASyncDid() {
    DimensionRecord first =
        record("detector", Map.of("id", NEW, "full_name", "N", "purpose", "SCIENCE"));
    assertThat(sync(first, OnDifference.FAIL)).isEqualTo(new Synced.Inserted());
    assertThat(sync(first, OnDifference.FAIL)).isEqualTo(new Synced.Unchanged());
    Map<String, @Nullable Object> before = new HashMap<>();
    before.put("full_name", "N");
    before.put("purpose", "SCIENCE");
    assertThat(sync(detector(NEW, "M"), OnDifference.UPDATE)).isEqualTo(new Synced.Updated(before));
    assertThat(found("detector", "detector = 77"))
        .containsEntry("full_name", "M")
        .doesNotContainKey("purpose");
  }

  @Test
  void takesWholeNumbersWhereFractionsAreMeant() {
    Timespan night = new Timespan(1_773_576_000_000_000_000L, 1_773_576_030_000_000_000L);
    insert(
        OnConflict.FAIL,
        record(
            "visit",
            Map.of(
                "id",
                NEW,
                "physical_filter",
                "lark-g",
                "day_obs",
                20260314L,
                "name",
                "seventy-seven",
                "exposure_time",
                30L,
                "timespan",
                night)));
    assertThat(found("visit", "visit = 77"))
        .containsEntry("exposure_time", 30.0)
        .containsEntry("timespan", night)
        .doesNotContainKey("region");
  }

  @Test
  void insertsThousandsAtOnce() {
    DimensionRecord[] many =
        LongStream.range(1000, 6000)
            .mapToObj(id -> detector(id, "D" + id))
            .toArray(DimensionRecord[]::new);
    insert(OnConflict.FAIL, many);
    assertThat(
            butler()
                .query()
                .where("instrument = 'LarkCam' AND detector IN (1000..5999)")
                .records("detector")
                .count())
        .isEqualTo(many.length);
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> {
          List<DimensionRecord> more = new ArrayList<>();
          LongStream.range(6000, 9000).forEach(id -> more.add(detector(id, "D" + id)));
          more.add(detector(5999, "again"));
          changes.records().insert(more, OnConflict.FAIL);
        },
        "detector=5999");
  }
}
