package equerry.direct;

import static equerry.direct.Lookups.count;
import static equerry.direct.Lookups.find;
import static equerry.direct.Lookups.lookup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.collection.CollectionInfo;
import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What another process commits shows in the next answer, whatever was asked before.
class FreshnessTest {
  private static final String NEW = "11111111222233334444555555555555";
  private static final UUID NEW_ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final UUID RAW = UUID.fromString("0d8568d8-fc99-50fc-b455-1cc9b5154558");
  private static final String RAWS = "LarkCam/raw/all";
  private static final String LATEST = "meadow/latest";
  private static final Map<String, Object> BIAS_EXPOSURE =
      Map.of("instrument", "LarkCam", "exposure", 2026031400001L, "detector", 0L);
  private static final Map<String, Object> LAST_VISIT =
      Map.of("instrument", "LarkCam", "visit", 2026031500004L);

  @TempDir Path folder;
  private @Nullable DemoCopy copy;
  private @Nullable DirectButler opened;

  private DemoCopy copy(Engine engine) {
    DemoCopy made = DemoCopy.make(engine, folder);
    copy = made;
    return made;
  }

  private DirectButler open(DemoCopy of) {
    DirectButler butler = of.open();
    opened = butler;
    return butler;
  }

  @AfterEach
  void nothingIsLeftBehind() {
    if (opened != null) {
      assertThat(opened.busyConnections()).isZero();
      opened.close();
    }
    if (copy != null) {
      copy.close();
    }
    assertThat(Leftovers.threads()).isEmpty();
  }

  private static void insertRaw(DemoCopy demo) {
    demo.commit(
        "INSERT INTO dataset (id, dataset_type_id, ingest_date, run_id) VALUES ('%s', 1, 0, 1)"
            .formatted(NEW),
        "INSERT INTO dataset_tags_00000001 (dataset_type_id, dataset_id, collection_id, instrument,"
            + " detector, exposure) VALUES (1, '%s', 1, 'LarkCam', 0, 2026031400001)"
                .formatted(NEW));
  }

  @ParameterizedTest
  @EnumSource
  void showsANewDataset(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS)).isEmpty();
    assertThat(butler.datasets().findAll(List.of(NEW_ID))).isEmpty();
    assertThat(butler.files().find(NEW_ID)).isEmpty();
    assertThat(count(butler, "raw", RAWS)).isEqualTo(10);

    insertRaw(demo);

    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS).map(DatasetRef::id)).contains(NEW_ID);
    assertThat(find(butler, "raw", BIAS_EXPOSURE, LATEST).map(DatasetRef::id)).contains(NEW_ID);
    assertThat(butler.datasets().findAll(List.of(NEW_ID))).hasSize(1);
    assertThat(butler.files().find(NEW_ID))
        .hasValueSatisfying(f -> assertThat(f.files()).isEmpty());
    assertThat(count(butler, "raw", RAWS)).isEqualTo(11);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotShowADeletedDataset(Engine engine) {
    DemoCopy demo = copy(engine);
    insertRaw(demo);
    DirectButler butler = open(demo);
    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS)).isPresent();
    assertThat(butler.files().find(NEW_ID)).isPresent();

    demo.commit(
        "DELETE FROM dataset_tags_00000001 WHERE dataset_id = '%s'".formatted(NEW),
        "DELETE FROM dataset WHERE id = '%s'".formatted(NEW));

    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS)).isEmpty();
    assertThat(butler.files().find(NEW_ID)).isEmpty();
    assertThat(count(butler, "raw", RAWS)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void followsAChainThatWasRedefined(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(find(butler, "visit_summary", LAST_VISIT, LATEST).map(DatasetRef::run))
        .contains("meadow/runs/second");
    assertThat(butler.files().load(lookup("visit_summary", LAST_VISIT, LATEST)).ref().run())
        .isEqualTo("meadow/runs/second");

    demo.commit(
        "DELETE FROM collection_chain WHERE parent = 10",
        "INSERT INTO collection_chain (parent, position, child) VALUES (10, 0, 5)",
        "INSERT INTO collection_chain (parent, position, child) VALUES (10, 1, 6)");

    assertThat(find(butler, "visit_summary", LAST_VISIT, LATEST).map(DatasetRef::run))
        .contains("meadow/runs/first");
    assertThat(butler.files().load(lookup("visit_summary", LAST_VISIT, LATEST)).ref().run())
        .isEqualTo("meadow/runs/first");
    assertThat(butler.collections().load(LATEST).children())
        .containsExactly("meadow/runs/first", "meadow/runs/second");
    assertThat(count(butler, "raw", LATEST)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void followsAChainInsideAChain(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    Map<String, Object> raw =
        Map.of("instrument", "LarkCam", "exposure", 2026031400003L, "detector", 0L);
    assertThat(find(butler, "raw", raw, LATEST)).isPresent();

    demo.commit("DELETE FROM collection_chain WHERE parent = 9 AND child = 1");

    assertThat(find(butler, "raw", raw, LATEST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsACollectionThatWasMadeAgain(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    Map<String, Object> best =
        Map.of("instrument", "LarkCam", "visit", 2026031400003L, "detector", 0L);
    assertThat(find(butler, "visit_image", best, "meadow/best")).isPresent();

    demo.commit(
        "DELETE FROM dataset_tags_00000006 WHERE collection_id = 8",
        "DELETE FROM dataset_tags_00000008 WHERE collection_id = 8",
        "DELETE FROM collection_summary_dataset_type WHERE collection_id = 8",
        "DELETE FROM collection_summary_instrument WHERE collection_id = 8",
        "DELETE FROM collection_summary_skymap WHERE collection_id = 8",
        "DELETE FROM collection WHERE collection_id = 8");

    assertThatExceptionOfType(ButlerException.NotFound.class)
        .isThrownBy(() -> find(butler, "visit_image", best, "meadow/best"))
        .withMessageContaining("meadow/best");

    demo.commit(
        "INSERT INTO collection (collection_id, name, type, doc) VALUES (80, 'meadow/best', 2, 'x')",
        "INSERT INTO collection_summary_dataset_type (collection_id, dataset_type_id) VALUES (80, 7)",
        "INSERT INTO collection_summary_instrument (collection_id, instrument) VALUES (80, 'LarkCam')",
        "INSERT INTO dataset_tags_00000006 (dataset_type_id, dataset_id, collection_id, instrument,"
            + " detector, visit) SELECT dataset_type_id, dataset_id, 80, instrument, detector, visit"
            + " FROM dataset_tags_00000006 WHERE dataset_type_id = 7 AND collection_id = 6 AND"
            + " detector = 1");

    assertThat(find(butler, "visit_image", best, "meadow/best")).isEmpty();
    assertThat(
            find(
                butler,
                "visit_image",
                Map.of("instrument", "LarkCam", "visit", 2026031500004L, "detector", 1L),
                "meadow/best"))
        .isPresent();
    assertThat(count(butler, "visit_image", "meadow/best")).isEqualTo(1);
    assertThat(butler.collections().load("meadow/best"))
        .extracting(CollectionInfo::doc)
        .isEqualTo("x");
  }

  @ParameterizedTest
  @EnumSource
  void findsARunUnderItsNewName(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(butler.datasets().findAll(List.of(RAW)).getFirst().run()).isEqualTo(RAWS);

    demo.commit("UPDATE collection SET name = 'renamed' WHERE collection_id = 1");

    assertThat(butler.datasets().findAll(List.of(RAW)).getFirst().run()).isEqualTo("renamed");
    assertThat(count(butler, "raw", "renamed")).isEqualTo(10);
    assertThatExceptionOfType(ButlerException.NotFound.class)
        .isThrownBy(() -> find(butler, "raw", BIAS_EXPOSURE, RAWS));
  }

  @ParameterizedTest
  @EnumSource
  void knowsADatasetTypeThatWasRegisteredAgain(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    Map<String, Object> difference =
        Map.of("instrument", "LarkCam", "visit", 2026031400003L, "detector", 0L);
    assertThat(find(butler, "difference_image", difference, LATEST)).isPresent();
    assertThat(count(butler, "difference_image", LATEST)).isEqualTo(1);

    demo.commit(
        "DELETE FROM dataset_tags_00000006 WHERE dataset_type_id = 14",
        "DELETE FROM dataset WHERE dataset_type_id = 14",
        "DELETE FROM collection_summary_dataset_type WHERE dataset_type_id = 14",
        "DELETE FROM dataset_type WHERE id = 14",
        "INSERT INTO dataset_type (id, name, storage_class, dimensions_key, tag_association_table)"
            + " VALUES (99, 'difference_image', 'NewClass', 7, 'dataset_tags_00000007')",
        "INSERT INTO collection_summary_dataset_type (collection_id, dataset_type_id) VALUES (5, 99)",
        "INSERT INTO dataset (id, dataset_type_id, ingest_date, run_id) VALUES ('%s', 99, 0, 5)"
            .formatted(NEW),
        "INSERT INTO dataset_tags_00000007 (dataset_type_id, dataset_id, collection_id, instrument,"
            + " visit) VALUES (99, '%s', 5, 'LarkCam', 2026031400003)".formatted(NEW));

    DatasetRef found =
        find(
                butler,
                "difference_image",
                Map.of("instrument", "LarkCam", "visit", 2026031400003L),
                LATEST)
            .orElseThrow();
    assertThat(found.id()).isEqualTo(NEW_ID);
    assertThat(found.type().storageClass()).isEqualTo("NewClass");
    assertThat(butler.files().find(NEW_ID).orElseThrow().ref().type()).isEqualTo(found.type());
    assertThat(count(butler, "difference_image", LATEST)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void showsAnotherStorageClass(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(butler.datasets().findAll(List.of(RAW)).getFirst().type().storageClass())
        .isEqualTo("ImageV2");
    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS)).isEmpty();

    demo.commit("UPDATE dataset_type SET storage_class = 'ImageV3' WHERE name = 'raw'");
    insertRaw(demo);

    assertThat(butler.datasets().findAll(List.of(RAW)).getFirst().type().storageClass())
        .isEqualTo("ImageV3");
    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS).orElseThrow().type().storageClass())
        .isEqualTo("ImageV3");
  }

  @ParameterizedTest
  @EnumSource
  void readsTablesOfADatasetTypeWithNewDimensions(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(butler.files().find(RAW)).isPresent();
    assertThat(find(butler, "raw", BIAS_EXPOSURE, RAWS)).isEmpty();

    demo.commit(
        "INSERT INTO dimension_graph_key (id) VALUES (77)",
        "INSERT INTO dimension_graph_definition VALUES (77, 'instrument')",
        "INSERT INTO dimension_graph_definition VALUES (77, 'exposure')",
        "CREATE TABLE dataset_tags_00000077 AS SELECT dataset_type_id, dataset_id, collection_id,"
            + " instrument, exposure FROM dataset_tags_00000001 WHERE 1 = 0",
        "INSERT INTO dataset_type (id, name, storage_class, dimensions_key, tag_association_table)"
            + " VALUES (99, 'log', 'Text', 77, 'dataset_tags_00000077')",
        "INSERT INTO collection_summary_dataset_type (collection_id, dataset_type_id) VALUES (1, 99)",
        "INSERT INTO dataset (id, dataset_type_id, ingest_date, run_id) VALUES ('%s', 99, 0, 1)"
            .formatted(NEW),
        "INSERT INTO dataset_tags_00000077 (dataset_type_id, dataset_id, collection_id, instrument,"
            + " exposure) VALUES (99, '%s', 1, 'LarkCam', 2026031400001)".formatted(NEW));

    assertThat(butler.files().find(NEW_ID).orElseThrow().ref().dataId().required())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("instrument", "LarkCam", "exposure", 2026031400001L));
    assertThat(butler.datasets().findAll(List.of(RAW, NEW_ID))).hasSize(2);
    assertThat(
            find(
                butler, "log", Map.of("instrument", "LarkCam", "exposure", 2026031400001L), LATEST))
        .isPresent();
    assertThat(count(butler, "log", RAWS)).isEqualTo(1);
  }

  /// A datastore makes its table with its first file, maybe long after the repository was opened.
  @ParameterizedTest
  @EnumSource
  void readsTheFirstFilesOfADatastore(Engine engine) {
    DemoCopy demo = copy(engine);
    demo.commit(
        "ALTER TABLE file_datastore_records RENAME TO aside",
        "DELETE FROM opaque_meta WHERE table_name = 'file_datastore_records'");
    DirectButler butler = open(demo);
    assertThat(butler.files().find(RAW).orElseThrow().files()).isEmpty();
    assertThat(butler.files().findAll(List.of(RAW))).isEmpty();

    demo.commit(
        "ALTER TABLE aside RENAME TO file_datastore_records",
        "INSERT INTO opaque_meta (table_name) VALUES ('file_datastore_records')");

    assertThat(butler.files().find(RAW).orElseThrow().files()).hasSize(1);
    assertThat(butler.files().findAll(List.of(RAW))).containsOnlyKeys(RAW);
  }

  @ParameterizedTest
  @EnumSource
  void readsFilesThatMoved(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    assertThat(butler.files().find(RAW).orElseThrow().files()).hasSize(1);
    String condition = " WHERE dataset_id = '" + RAW.toString().replace("-", "") + "'";

    demo.commit("UPDATE file_datastore_records SET path = 'moved.fits', file_size = 5" + condition);

    assertThat(butler.files().find(RAW).orElseThrow().files().getFirst().record().path())
        .isEqualTo("moved.fits");

    demo.commit("DELETE FROM file_datastore_records" + condition);

    assertThat(butler.files().find(RAW).orElseThrow().files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsRecordsThatChanged(Engine engine) {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    Map<String, Object> byName =
        Map.of("instrument", "LarkCam", "exposure", 2026031400003L, "detector", "S0");
    Map<String, Object> byNewName =
        Map.of("instrument", "LarkCam", "exposure", 2026031400003L, "detector", "NEW");
    assertThat(find(butler, "raw", byName, RAWS)).isPresent();

    demo.commit("UPDATE detector SET full_name = 'NEW' WHERE id = 0");

    assertThat(find(butler, "raw", byNewName, RAWS)).isPresent();
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> find(butler, "raw", byName, RAWS));
    assertThat(
            butler
                .datasets()
                .expand(Map.of("instrument", "LarkCam", "detector", 0L))
                .records()
                .getLast()
                .value("full_name"))
        .isEqualTo("NEW");
  }

  /// What is not committed is not there.
  @ParameterizedTest
  @EnumSource
  void doesNotShowWhatIsNotCommitted(Engine engine) throws java.sql.SQLException {
    DemoCopy demo = copy(engine);
    DirectButler butler = open(demo);
    try (var connection = demo.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE collection SET name = 'renamed' WHERE collection_id = 4");
      assertThat(butler.collections().load("refcats").name()).isEqualTo("refcats");
      connection.rollback();
    }
    assertThat(butler.collections().load("refcats").name()).isEqualTo("refcats");
  }
}
