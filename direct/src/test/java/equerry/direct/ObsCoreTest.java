package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.DemoCopy.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every change keeps the ObsCore table as a new one would be filled; `interop/test_obscore.py`
/// compares how it is filled with the stock package.
class ObsCoreTest {
  @Nested
  class OnSqlite extends OnEngine {
    OnSqlite() {
      super(Engine.SQLITE);
    }
  }

  @Nested
  class OnPostgres extends OnEngine {
    OnPostgres() {
      super(Engine.POSTGRESQL);
    }
  }

  abstract static class OnEngine {
    private static final String CONFIG =
        """
        version: 1
        collection_type: RUN
        facility_name: Meadow
        obs_publisher_did_fmt: "ivo://meadow/{id}"
        dataset_types:
          raw: {dataproduct_type: image, calib_level: 1, obs_id_fmt: "{records[exposure].obs_id}"}
          visit_image: {dataproduct_type: image, calib_level: 2}
          deep_coadd: {dataproduct_type: image, calib_level: 3}
        extra_columns:
          lsst_exposure: {template: "{exposure}", type: int}
          lsst_detector: {template: "{detector}", type: int}
        """;

    private final Engine engine;
    private Path folder;
    private DemoCopy demo;

    @SuppressWarnings("NullAway.Init")
    OnEngine(Engine engine) {
      this.engine = engine;
    }

    @BeforeEach
    void make(@TempDir Path temporary) {
      folder = temporary;
      demo = DemoCopy.make(engine, temporary);
    }

    @AfterEach
    void close() {
      demo.close();
    }

    private void configure(String yaml) {
      try {
        Path file = Files.writeString(folder.resolve("obscore.yaml"), yaml);
        ObsCoreConfiguration.configure(
            demo.root().toString(),
            file,
            new DirectButler.Options(Map.of(), 2, Duration.ofSeconds(30)));
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }

    private WritableDirectButler openFilled() {
      configure(CONFIG);
      WritableDirectButler butler = demo.openForWriting();
      assertThat(butler.obsCoreUpdate().addMissing(count -> {})).isGreaterThan(30);
      return butler;
    }

    /// The rows of the table by dataset.
    private Map<String, List<Object>> rows() {
      try (Connection connection = demo.connect();
          Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SELECT * FROM obscore")) {
        Map<String, List<Object>> rows = new TreeMap<>();
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(String.valueOf(found.getObject(i)));
          }
          rows.put(found.getString("registry_dataset_id"), row);
        }
        return rows;
      } catch (SQLException broken) {
        throw new IllegalStateException(broken);
      }
    }

    private static List<DatasetRef> refs(WritableDirectButler butler, String type) {
      return butler.query().refs(type, "meadow/latest", "LarkCam/raw/all").list();
    }

    @Test
    void rowsGoAndComeWithTheirDatasets() {
      try (WritableDirectButler butler = openFilled()) {
        Map<String, List<Object>> before = rows();
        List<DatasetRef> raws = refs(butler, "raw");
        assertThat(raws).hasSizeGreaterThan(5);
        butler.write(
            changes -> {
              changes.datasets().purge(raws);
              return raws;
            });
        assertThat(rows()).hasSize(before.size() - raws.size());
        butler.write(changes -> changes.datasets().adopt(raws));
        assertThat(rows()).isEqualTo(before);
      }
    }

    @Test
    void exposuresLieWhereTheirVisitsDo() {
      try (WritableDirectButler butler = openFilled()) {
        Map<String, List<Object>> before = rows();
        for (String element : List.of("visit_definition", "visit_detector_region")) {
          demo.commit(
              "UPDATE obscore SET s_ra = NULL, s_region = NULL WHERE lsst_exposure IS NOT NULL");
          assertThat(rows()).isNotEqualTo(before);
          List<DimensionRecord> records = butler.query().records(element).list();
          butler.write(
              changes -> {
                changes.records().insert(records, OnConflict.REPLACE);
                return records;
              });
          assertThat(rows()).isEqualTo(before);
        }
      }
    }

    @Test
    void manyDatasetsTakeFewStatements() {
      try (WritableDirectButler butler = openFilled();
          SqlLog log = new SqlLog()) {
        List<DatasetRef> images = refs(butler, "visit_image");
        List<DataId> dataIds = images.stream().map(DatasetRef::dataId).distinct().toList();
        assertThat(dataIds).hasSizeGreaterThan(5);
        butler.write(
            changes -> {
              changes.collections().register("new/run", CollectionType.RUN, null);
              log.take();
              return changes.datasets().insert("visit_image", "new/run", dataIds, IdMode.UNIQUE);
            });
        assertThat(log.take()).hasSizeLessThan(40);
      }
    }

    @Test
    void aFormatThatDoesNotFitUndoesTheChange() {
      configure(CONFIG.replace("{records[exposure].obs_id}", "{records[visit].name}"));
      try (WritableDirectButler butler = demo.openForWriting()) {
        List<DatasetRef> raws = refs(butler, "raw");
        assertThatThrownBy(() -> butler.obsCoreUpdate().addMissing(count -> {}))
            .isInstanceOfSatisfying(
                ButlerException.Invalid.class,
                error -> assertThat(error.code()).isEqualTo(ErrorCode.CONFIGURATION))
            .hasMessageContaining("{records[visit].name}")
            .hasMessageContaining("raw");
        assertThat(rows()).isEmpty();
        assertThat(butler.obsCoreUpdate().countMissing()).isGreaterThanOrEqualTo(raws.size());
      }
    }

    @Test
    void aTableThatCannotBeMadeIsRefused() {
      assertThatThrownBy(
              () ->
                  configure(
                      CONFIG
                          + "spatial_plugins: {s: {cls: lsst.daf.butler.registry.obscore.pgsphere.PgSphereObsCorePlugin}}\n"))
          .isInstanceOf(ButlerException.Invalid.class)
          .hasMessageContaining("pgSphere");
      assertThatThrownBy(() -> configure(CONFIG + "table_name: dataset\n"))
          .isInstanceOf(ButlerException.Conflict.class)
          .hasMessageContaining("'dataset'");
      try (WritableDirectButler butler = demo.openForWriting()) {
        assertThatThrownBy(butler::obsCoreUpdate)
            .isInstanceOf(ButlerException.NotFound.class)
            .hasMessageContaining("no ObsCore table");
      }
    }
  }
}
