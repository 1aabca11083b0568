package equerry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.Changes;
import equerry.api.WritableButler;
import equerry.api.dataset.DatasetEdits.ChainLinks;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Registering, sorting and removing datasets of the demo repository.
public abstract class DatasetEditsContract {
  private static final String RUN = "meadow/runs/second";
  private static final String OLD_RUN = "LarkCam/calib/2026a/gen";
  private static final String NEW_RUN = "LarkCam/calib/2026b/gen";
  private static final String TAGGED = "meadow/best";
  private static final String CALIBS = "LarkCam/calib";
  private static final long NOON = 1_773_576_000_000_000_000L;

  /// A butler on a copy of the demo repository that no other test has changed.
  protected abstract WritableButler butler();

  private DatasetType type(String name) {
    return butler().datasetTypes().load(name);
  }

  private DataId dataId(String type, Object... values) {
    return DataId.of(type(type).dimensions(), List.of(values));
  }

  private DatasetRef ref(UUID id, String type, String run, Object... values) {
    return new DatasetRef(id, type(type), dataId(type, values), run, null);
  }

  private DatasetRef stored(String type, String collection, Object... values) {
    return butler().datasets().find(lookup(type, collection, values), Expansion.NONE).orElseThrow();
  }

  private boolean exists(String type, String collection, Object... values) {
    return butler().datasets().find(lookup(type, collection, values), Expansion.NONE).isPresent();
  }

  private DatasetLookup lookup(String type, String collection, Object... values) {
    Map<String, Object> required = dataId(type, values).required();
    return new DatasetLookup(type, required, Map.of(), List.of(collection), null);
  }

  private void write(Consumer<Changes> work) {
    butler()
        .write(
            changes -> {
              work.accept(changes);
              return true;
            });
  }

  private List<DatasetRef> adopt(List<DatasetRef> refs) {
    return butler().write(changes -> changes.datasets().adopt(refs));
  }

  private static void assertFails(
      Class<? extends ButlerException> category,
      ErrorCode code,
      String part,
      ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(category)
        .asInstanceOf(InstanceOfAssertFactories.type(ButlerException.class))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.detail()).contains(part).doesNotContain("INSERT", "SELECT");
            });
  }

  @Test
  void insertsWithRandomIdsInTheOrderOfDataIds() {
    long before = System.currentTimeMillis();
    List<DatasetRef> refs =
        butler()
            .write(
                changes ->
                    changes
                        .datasets()
                        .insert(
                            "bias",
                            RUN,
                            List.of(dataId("bias", "LarkCam", 1L), dataId("bias", "LarkCam", 0L)),
                            IdMode.UNIQUE));
    assertThat(refs)
        .extracting(ref -> ref.dataId().find("detector").orElseThrow())
        .containsExactly(1L, 0L);
    assertThat(refs)
        .allSatisfy(
            ref -> {
              assertThat(ref.id().version()).isEqualTo(7);
              assertThat(ref.id().variant()).isEqualTo(2);
              assertThat(ref.id().getMostSignificantBits() >>> 16)
                  .isBetween(before, System.currentTimeMillis());
            });
    assertThat(stored("bias", RUN, "LarkCam", 0L).id()).isEqualTo(refs.get(1).id());
    assertThat(stored("bias", RUN, "LarkCam", 1L).run()).isEqualTo(RUN);
  }

  /// The ids are those that the stock package makes.
  @Test
  void makesIdsOfDataIds() {
    write(
        changes -> {
          assertThat(
                  changes
                      .datasets()
                      .insert("bias", RUN, List.of(dataId("bias", "LarkCam", 0L)), IdMode.DATA_ID))
              .singleElement()
              .extracting(DatasetRef::id)
              .isEqualTo(UUID.fromString("beabe3ad-077e-5ade-8ec2-c46cfe619d12"));
          assertThat(
                  changes
                      .datasets()
                      .insert(
                          "flat",
                          RUN,
                          List.of(dataId("flat", "LarkCam", 1L, "lark-g")),
                          IdMode.DATA_ID_RUN))
              .singleElement()
              .extracting(DatasetRef::id)
              .isEqualTo(UUID.fromString("4adf31e9-6efc-5c3e-8070-381c4f5c3005"));
        });
  }

  @Test
  void refusesADataIdTwice() {
    List<DataId> taken = List.of(dataId("bias", "LarkCam", 0L));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        stored("bias", OLD_RUN, "LarkCam", 0L).id().toString(),
        () -> write(c -> c.datasets().insert("bias", OLD_RUN, taken, IdMode.UNIQUE)));
    List<DataId> twice = List.of(dataId("bias", "LarkCam", 0L), dataId("bias", "LarkCam", 0L));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "detector: 0",
        () -> write(c -> c.datasets().insert("bias", RUN, twice, IdMode.UNIQUE)));
    assertThat(exists("bias", RUN, "LarkCam", 0L)).isFalse();
  }

  @Test
  void namesTheRecordThatIsMissing() {
    List<DataId> unknown = List.of(dataId("bias", "LarkCam", 0L), dataId("bias", "LarkCam", 77L));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "no detector record (instrument=LarkCam, detector=77)",
        () -> write(c -> c.datasets().insert("bias", RUN, unknown, IdMode.UNIQUE)));
    List<DataId> nowhere = List.of(dataId("bias", "OtherCam", 1L));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "no instrument record (instrument=OtherCam)",
        () -> write(c -> c.datasets().insert("bias", RUN, nowhere, IdMode.UNIQUE)));
  }

  @Test
  void refusesWhatDoesNotFitTheType() {
    List<DataId> other = List.of(dataId("flat", "LarkCam", 1L, "lark-g"));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_NAME,
        "'bias'",
        () -> write(c -> c.datasets().insert("bias", RUN, other, IdMode.UNIQUE)));
    List<DataId> text = List.of(dataId("bias", "LarkCam", "1"));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.DIMENSION_VALUE,
        "detector",
        () -> write(c -> c.datasets().insert("bias", RUN, text, IdMode.UNIQUE)));
    List<DataId> good = List.of(dataId("bias", "LarkCam", 1L));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        TAGGED,
        () -> write(c -> c.datasets().insert("bias", TAGGED, good, IdMode.UNIQUE)));
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        "nowhere",
        () -> write(c -> c.datasets().insert("bias", "nowhere", good, IdMode.UNIQUE)));
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_DATASET_TYPE,
        "nothing",
        () -> write(c -> c.datasets().insert("nothing", RUN, good, IdMode.UNIQUE)));
  }

  @Test
  void insertsADatasetWithoutDimensions() {
    write(
        changes ->
            changes
                .datasets()
                .insert(
                    "survey_description",
                    RUN,
                    List.of(DataId.empty(butler().universe())),
                    IdMode.UNIQUE));
    assertThat(exists("survey_description", RUN)).isTrue();
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        RUN,
        () ->
            write(
                c ->
                    c.datasets()
                        .insert(
                            "survey_description",
                            RUN,
                            List.of(DataId.empty(butler().universe())),
                            IdMode.UNIQUE)));
  }

  @Test
  void takesBackWhatANestedPieceOfWorkDid() {
    write(
        changes -> {
          List<DataId> one = List.of(dataId("bias", "LarkCam", 1L));
          assertFails(
              ButlerException.Conflict.class,
              ErrorCode.CONFLICT,
              "detector=77",
              () ->
                  changes.nested(
                      c -> {
                        c.datasets().insert("bias", RUN, one, IdMode.UNIQUE);
                        List<DataId> bad = List.of(dataId("bias", "LarkCam", 77L));
                        return c.datasets().insert("bias", RUN, bad, IdMode.UNIQUE);
                      }));
          changes
              .datasets()
              .insert("bias", RUN, List.of(dataId("bias", "LarkCam", 0L)), IdMode.UNIQUE);
        });
    assertThat(exists("bias", RUN, "LarkCam", 0L)).isTrue();
    assertThat(exists("bias", RUN, "LarkCam", 1L)).isFalse();
  }

  @Test
  void adoptsDatasetsOfManyTypesAndRunsOnce() {
    UUID first = UUID.randomUUID();
    List<DatasetRef> refs =
        List.of(
            ref(first, "bias", RUN, "LarkCam", 0L),
            ref(UUID.randomUUID(), "dark", RUN, "LarkCam", 0L),
            ref(UUID.randomUUID(), "bias", "refcats", "LarkCam", 0L),
            ref(first, "bias", RUN, "LarkCam", 0L),
            stored("bias", OLD_RUN, "LarkCam", 1L));
    assertThat(adopt(refs)).containsExactlyInAnyOrderElementsOf(refs.subList(0, 3));
    assertThat(adopt(refs)).isEmpty();
    assertThat(stored("bias", RUN, "LarkCam", 0L).id()).isEqualTo(first);
  }

  @Test
  void adoptsNothingThatIsOtherwise() {
    UUID known = stored("bias", OLD_RUN, "LarkCam", 0L).id();
    UUID fresh = UUID.randomUUID();
    List<DatasetRef> wrong =
        List.of(
            ref(known, "bias", RUN, "LarkCam", 0L),
            ref(known, "dark", OLD_RUN, "LarkCam", 0L),
            ref(known, "flat", OLD_RUN, "LarkCam", 0L, "lark-g"),
            ref(known, "bias", OLD_RUN, "LarkCam", 1L),
            ref(fresh, "bias", OLD_RUN, "LarkCam", 0L));
    for (DatasetRef ref : wrong) {
      DatasetRef good = ref(UUID.randomUUID(), "dark", RUN, "LarkCam", 1L);
      assertFails(
          ButlerException.Conflict.class,
          ErrorCode.CONFLICT,
          known.toString(),
          () -> write(c -> c.datasets().adopt(List.of(good, ref))));
      assertThat(exists("dark", RUN, "LarkCam", 1L)).isFalse();
    }
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "two data IDs",
        () ->
            write(
                c ->
                    c.datasets()
                        .adopt(
                            List.of(
                                ref(fresh, "bias", RUN, "LarkCam", 0L),
                                ref(fresh, "bias", RUN, "LarkCam", 1L)))));
  }

  @Test
  void adoptsManyAtOnce() {
    List<DatasetRef> refs = new ArrayList<>();
    for (int pixel = 0; pixel < 2500; pixel++) {
      refs.add(ref(UUID.randomUUID(), "meadow_reference_stars", RUN, 140_000L + pixel));
    }
    assertThat(adopt(refs)).hasSize(2500);
    refs.add(ref(UUID.randomUUID(), "meadow_reference_stars", RUN, 150_000L));
    assertThat(adopt(refs)).containsExactly(refs.getLast());
    assertThat(butler().datasets().findAll(refs.stream().map(DatasetRef::id).toList()))
        .hasSize(2501);
    List<DatasetRef> again =
        refs.stream()
            .map(r -> new DatasetRef(UUID.randomUUID(), r.type(), r.dataId(), r.run(), null))
            .toList();
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        refs.getFirst().id().toString(),
        () -> write(c -> c.datasets().adopt(again)));
  }

  @Test
  void sortsIntoTaggedCollections() {
    DatasetRef old = stored("bias", OLD_RUN, "LarkCam", 0L);
    DatasetRef other = stored("bias", NEW_RUN, "LarkCam", 0L);
    DatasetRef dark = stored("dark", OLD_RUN, "LarkCam", 1L);
    write(c -> c.datasets().associate(TAGGED, List.of(old, dark, old)));
    write(c -> c.datasets().associate(TAGGED, List.of(old)));
    assertThat(stored("bias", TAGGED, "LarkCam", 0L).id()).isEqualTo(old.id());
    assertThat(stored("dark", TAGGED, "LarkCam", 1L).id()).isEqualTo(dark.id());
    assertThat(summaryTypes(TAGGED)).contains("bias", "dark");
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        old.id().toString(),
        () -> write(c -> c.datasets().associate(TAGGED, List.of(other))));
    write(c -> c.datasets().disassociate(TAGGED, List.of(old, other)));
    assertThat(exists("bias", TAGGED, "LarkCam", 0L)).isFalse();
    assertThat(exists("bias", OLD_RUN, "LarkCam", 0L)).isTrue();
    assertThat(exists("dark", TAGGED, "LarkCam", 1L)).isTrue();
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "detector: 0",
        () -> write(c -> c.datasets().associate(TAGGED, List.of(old, other))));
  }

  private List<String> summaryTypes(String collection) {
    return butler().collections().loadSummary(collection).datasetTypes().stream()
        .map(DatasetType::name)
        .toList();
  }

  @Test
  void sortsNothingThatIsNotThere() {
    DatasetRef unknown = ref(UUID.randomUUID(), "bias", OLD_RUN, "LarkCam", 0L);
    DatasetRef old = stored("bias", OLD_RUN, "LarkCam", 0L);
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.DATASET_NOT_FOUND,
        unknown.id().toString(),
        () -> write(c -> c.datasets().associate(TAGGED, List.of(old, unknown))));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        RUN,
        () -> write(c -> c.datasets().associate(RUN, List.of(old))));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        CALIBS,
        () -> write(c -> c.datasets().disassociate(CALIBS, List.of(old))));
  }

  @Test
  void certifiesWhatIsFree() {
    DatasetRef old = stored("bias", OLD_RUN, "LarkCam", 0L);
    Timespan late = new Timespan(NOON + 1_000_000_000L, NOON + 2_000_000_000L);
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        stored("bias", NEW_RUN, "LarkCam", 0L).id().toString(),
        () -> write(c -> c.datasets().certify(CALIBS, List.of(old), late)));
    write(
        changes -> {
          changes.datasets().decertify(CALIBS, "bias", late, List.of(old.dataId()));
          changes.datasets().certify(CALIBS, List.of(old), late);
        });
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        old.id().toString(),
        () -> write(c -> c.datasets().certify(CALIBS, List.of(old), late)));
  }

  @Test
  void certifiesOnlyCalibrations() {
    DatasetRef old = stored("bias", OLD_RUN, "LarkCam", 0L);
    DatasetRef other = stored("bias", NEW_RUN, "LarkCam", 0L);
    Timespan always = Timespan.UNBOUNDED;
    DatasetRef raw = stored("raw", "LarkCam/raw/all", "LarkCam", 0L, 2_026_031_400_003L);
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.DATASET_TYPE,
        "raw",
        () -> write(c -> c.datasets().certify(CALIBS, List.of(raw), always)));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.DATASET_TYPE,
        "raw",
        () -> write(c -> c.datasets().decertify(CALIBS, "raw", always, null)));
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        TAGGED,
        () -> write(c -> c.datasets().certify(TAGGED, List.of(old), always)));
    DatasetRef unknown = ref(UUID.randomUUID(), "bias", OLD_RUN, "LarkCam", 0L);
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.DATASET_NOT_FOUND,
        unknown.id().toString(),
        () ->
            write(
                c -> {
                  c.datasets().decertify(CALIBS, "bias", always, null);
                  c.datasets().certify(CALIBS, List.of(unknown), always);
                }));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.CONFLICT,
        "detector: 0",
        () ->
            write(
                c -> {
                  c.datasets().decertify(CALIBS, "bias", always, null);
                  c.datasets().certify(CALIBS, List.of(old, other), always);
                }));
  }

  @Test
  void removesWhatHasNoFiles() {
    DatasetRef kept = stored("bias", OLD_RUN, "LarkCam", 0L);
    List<DatasetRef> added =
        butler()
            .write(
                c ->
                    c.datasets()
                        .insert(
                            "bias", RUN, List.of(dataId("bias", "LarkCam", 0L)), IdMode.UNIQUE));
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.ORPHANED_RECORDS,
        kept.id().toString(),
        () -> write(c -> c.datasets().remove(List.of(added.getFirst(), kept))));
    assertThat(exists("bias", RUN, "LarkCam", 0L)).isTrue();
    write(c -> c.datasets().remove(added));
    write(c -> c.datasets().remove(added));
    assertThat(exists("bias", RUN, "LarkCam", 0L)).isFalse();
  }

  @Test
  void purgesDatasetsFromEverywhere() {
    DatasetRef old = stored("bias", OLD_RUN, "LarkCam", 0L);
    write(c -> c.datasets().associate(TAGGED, List.of(old)));
    write(c -> c.datasets().purge(List.of(old)));
    write(c -> c.datasets().purge(List.of(old)));
    assertThat(exists("bias", OLD_RUN, "LarkCam", 0L)).isFalse();
    assertThat(exists("bias", TAGGED, "LarkCam", 0L)).isFalse();
    assertThat(butler().files().find(old.id())).isEmpty();
    assertThat(exists("bias", OLD_RUN, "LarkCam", 1L)).isTrue();
  }

  @Test
  void removesRunsThatNoChainKeeps() {
    assertFails(
        ButlerException.Conflict.class,
        ErrorCode.ORPHANED_RECORDS,
        "meadow/latest",
        () -> write(c -> c.datasets().removeRuns(List.of(OLD_RUN, RUN), ChainLinks.KEEP)));
    assertThat(exists("bias", OLD_RUN, "LarkCam", 0L)).isTrue();
    write(c -> c.datasets().removeRuns(List.of(OLD_RUN), ChainLinks.KEEP));
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        OLD_RUN,
        () -> exists("bias", OLD_RUN, "LarkCam", 0L));
    write(c -> c.datasets().removeRuns(List.of(RUN, "refcats"), ChainLinks.UNLINK));
    assertFails(
        ButlerException.NotFound.class,
        ErrorCode.MISSING_COLLECTION,
        RUN,
        () -> exists("bias", RUN, "LarkCam", 0L));
    assertThat(exists("bias", "meadow/latest", "LarkCam", 0L)).isFalse();
    assertFails(
        ButlerException.Invalid.class,
        ErrorCode.COLLECTION_TYPE,
        TAGGED,
        () -> write(c -> c.datasets().removeRuns(List.of(TAGGED), ChainLinks.UNLINK)));
  }
}
