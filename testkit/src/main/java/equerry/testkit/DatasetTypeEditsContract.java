package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dataset.Registration;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Registering and removing dataset types.
public abstract class DatasetTypeEditsContract extends EditsContract {
  private static final String RUN = "meadow/runs/second";

  private enum Use {
    PLAIN,
    CALIBRATION
  }

  private DatasetType type(String name, Use use, String... dimensions) {
    return new DatasetType(
        name, butler().universe().group(List.of(dimensions)), "Text", use == Use.CALIBRATION);
  }

  private DatasetRef insert(Changes changes, DatasetType type, Object... dataId) {
    DataId of = DataId.of(type.dimensions(), List.of(dataId));
    return changes.datasets().insert(type.name(), RUN, List.of(of), IdMode.UNIQUE).getFirst();
  }

  @Test
  void registersATypeOnce() {
    DatasetType type = type("test_log", Use.PLAIN, "visit", "band");
    write(
        changes -> {
          assertThat(changes.datasetTypes().register(type)).isEqualTo(Registration.NEW);
          assertThat(changes.datasetTypes().register(type)).isEqualTo(Registration.KNOWN);
        });
    assertThat(butler().datasetTypes().load("test_log")).isEqualTo(type);
    write(
        changes -> assertThat(changes.datasetTypes().register(type)).isEqualTo(Registration.KNOWN));
  }

  @Test
  void refusesNamesThatAreNone() {
    for (String name : List.of("", "1a", "a-b", "a b", "ä", "a\n", "raw.wcs", "a.", "a;b", "a\0")) {
      refuses(
          ButlerException.Invalid.class,
          ErrorCode.INVALID_NAME,
          changes -> changes.datasetTypes().register(type(name, Use.PLAIN, "visit")));
    }
  }

  @Test
  void saysWhatDiffersFromATypeThatIsThere() {
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        changes -> changes.datasetTypes().register(type("bias", Use.PLAIN, "instrument")),
        "'bias'",
        "{instrument, detector}, not {instrument}",
        "'Text'",
        "validity ranges");
  }

  @Test
  void holdsDatasetsInTheSameChange() {
    DatasetType type = type("test_curve", Use.PLAIN, "physical_filter", "detector");
    write(
        changes -> {
          changes.datasetTypes().register(type);
          insert(changes, type, "LarkCam", 0L, "lark-g");
        });
    Map<String, Object> dataId =
        Map.of("instrument", "LarkCam", "detector", 0L, "physical_filter", "lark-g");
    DatasetLookup lookup = new DatasetLookup("test_curve", dataId, Map.of(), List.of(RUN), null);
    assertThat(butler().datasets().find(lookup, Expansion.NONE)).isPresent();
  }

  /// The table for validity ranges comes with the first type that has them.
  @Test
  void certifiesATypeWhoseDimensionsHadNoValidityRangesBefore() {
    DatasetType plain = type("test_plain", Use.PLAIN, "physical_filter", "detector");
    DatasetType calibration =
        type("test_calibration", Use.CALIBRATION, "physical_filter", "detector");
    write(changes -> changes.datasetTypes().register(plain));
    write(
        changes -> {
          changes.datasetTypes().register(calibration);
          changes.collections().register("test/calib", CollectionType.CALIBRATION, null);
          DatasetRef ref = insert(changes, calibration, "LarkCam", 0L, "lark-g");
          changes.datasets().certify("test/calib", List.of(ref), Timespan.UNBOUNDED);
        });
    assertThat(butler().datasetTypes().load("test_calibration")).isEqualTo(calibration);
    assertThat(butler().datasetTypes().load("test_plain")).isEqualTo(plain);
    assertThat(butler().collections().loadSummary("test/calib").datasetTypes())
        .containsExactly(calibration);
  }

  /// What was taken back leaves nothing that a later change could take for known.
  @Test
  void forgetsWhatWasTakenBack() {
    DatasetType first = type("test_first", Use.PLAIN, "physical_filter", "detector");
    DatasetType second = type("test_second", Use.PLAIN, "tract", "band");
    refuses(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_DATASET_TYPE,
        changes -> {
          changes.datasetTypes().register(first);
          insert(changes, first, "LarkCam", 0L, "lark-g");
          changes.datasets().insert("test_never", RUN, List.of(), IdMode.UNIQUE);
        },
        "test_never");
    write(
        changes -> {
          try {
            changes.nested(
                inner -> {
                  inner.datasetTypes().register(first);
                  insert(inner, first, "LarkCam", 0L, "lark-g");
                  throw new IllegalStateException("taken back");
                });
          } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("taken back");
          }
          changes.datasetTypes().register(second);
          insert(changes, second, "g", "meadow_v1", 0L);
        });
    assertThat(butler().datasetTypes().load("test_second")).isEqualTo(second);
    assertThat(butler().datasetTypes().search(List.of("test_*")).found()).containsExactly(second);
    write(changes -> insert(changes, second, "r", "meadow_v1", 0L));
  }

  @Test
  void removesATypeWithoutDatasets() {
    DatasetType type = type("test_log", Use.PLAIN, "visit");
    DatasetType other = type("test_log", Use.CALIBRATION, "detector");
    write(changes -> changes.datasetTypes().register(type));
    write(
        changes -> {
          changes.datasetTypes().remove("test_log");
          changes.datasetTypes().remove("test_log");
          changes.datasetTypes().register(other);
        });
    assertThat(butler().datasetTypes().load("test_log")).isEqualTo(other);
  }

  @Test
  void keepsATypeWithDatasets() {
    refuses(
        ButlerException.Conflict.class,
        ErrorCode.ORPHANED_RECORDS,
        changes -> changes.datasetTypes().remove("raw"),
        "'raw'");
    assertThat(butler().datasetTypes().load("raw").name()).isEqualTo("raw");
  }
}
