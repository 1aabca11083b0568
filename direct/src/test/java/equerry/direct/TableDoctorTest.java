package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.direct.DemoCopy.Engine;
import equerry.registry.RecordTable;
import equerry.registry.WritableRegistry;
import equerry.registry.db.DatabaseSource;
import equerry.registry.doctor.Examination;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Damages the tables of a repository that the stock package made, and expects them back as that made
/// them.
class TableDoctorTest {
  private static final String STORE = "FileDatastore@<butlerRoot>";
  private static final String TAGS = "dataset_tags_00000004";
  private final Path folder;

  TableDoctorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /// Damage that mending takes back wholly.
  private static final Map<Ailment, List<String>> CURABLE =
      Map.ofEntries(
          Map.entry(Ailment.MISSING_TABLES, List.of("DROP TABLE tract_visit_overlap")),
          Map.entry(
              Ailment.LEFTOVER_ROWS,
              List.of(
                  "INSERT INTO collection_summary_dataset_type (collection_id, dataset_type_id) VALUES (99, 1)",
                  "INSERT INTO collection_chain (parent, position, child) VALUES (9, 7, 99)",
                  "INSERT INTO visit_detector_region_skypix_overlap (skypix_system, skypix_level,"
                      + " instrument, detector, visit, skypix_index)"
                      + " SELECT 'htm', 7, instrument, 99, id, 1 FROM visit")),
          Map.entry(
              Ailment.MISSING_SUMMARIES,
              List.of(
                  "DELETE FROM collection_summary_dataset_type",
                  "DELETE FROM collection_summary_instrument",
                  "DELETE FROM collection_summary_skymap")),
          Map.entry(Ailment.MISSING_TAGS, List.of("DELETE FROM " + TAGS)),
          Map.entry(
              Ailment.MISSING_OVERLAP_SUMMARIES,
              List.of(
                  "DELETE FROM visit_skypix_overlap_summary",
                  "DELETE FROM patch_skypix_overlap_summary")),
          Map.entry(
              Ailment.WRONG_OVERLAPS,
              List.of(
                  "DELETE FROM visit_skypix_overlap",
                  "UPDATE tract_skypix_overlap SET skypix_index = skypix_index + 1000",
                  "INSERT INTO patch_skypix_overlap (skypix_system, skypix_level, skymap, tract, patch,"
                      + " skypix_index) SELECT 'htm', 7, skymap, tract, id, 131072 FROM patch")),
          Map.entry(
              Ailment.LIVE_TRASH,
              List.of(
                  "INSERT INTO dataset_location_trash (dataset_id, datastore_name)"
                      + " SELECT dataset_id, datastore_name FROM dataset_location")),
          Map.entry(Ailment.MISSING_LOCATIONS, List.of("DELETE FROM dataset_location")),
          Map.entry(
              Ailment.TRASH,
              List.of(
                  "INSERT INTO dataset_location_trash (dataset_id, datastore_name)"
                      + " SELECT id, 'FileDatastore@<butlerRoot>' FROM dataset WHERE NOT EXISTS"
                      + " (SELECT 1 FROM dataset_location WHERE dataset_id = id)")));

  /// Damage that somebody else must look at, or that files are needed for.
  private static final Map<Ailment, List<String>> INCURABLE =
      Map.of(
          Ailment.BROKEN_REFERENCES, List.of("DELETE FROM detector"),
          Ailment.AMBIGUOUS_CALIBRATIONS,
              List.of("UPDATE dataset_calibs_00000002 SET detector = 1"),
          Ailment.UNKNOWN_DATASTORES,
              List.of("UPDATE dataset_location SET datastore_name = 'FileDatastore@elsewhere'"),
          Ailment.MISSING_RECORDS, List.of("DELETE FROM file_datastore_records"),
          Ailment.SHARED_PATHS,
              List.of("UPDATE file_datastore_records SET path = 'same/file.fits'"));

  static Stream<Arguments> curable() {
    return cases(CURABLE);
  }

  static Stream<Arguments> incurable() {
    return cases(INCURABLE);
  }

  private static Stream<Arguments> cases(Map<Ailment, List<String>> damages) {
    return damages.entrySet().stream()
        .flatMap(
            damage ->
                Stream.of(Engine.values())
                    .map(engine -> Arguments.of(engine, damage.getKey(), damage.getValue())));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void findsNothingInTheDemo(Engine engine) {
    try (DemoCopy copy = DemoCopy.make(engine, folder);
        WritableRegistry registry = open(copy.root())) {
      assertThat(ailments(registry)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datasets1-namekey-universe3",
        "datasets1-universe6",
        "obscore-universe8",
        "universe0",
        "universe1",
        "universe2",
        "universe4",
        "universe5",
        "universe7"
      })
  void findsNothingInOtherVariants(String variant) {
    try (WritableRegistry registry = open(VariantCopy.make(variant, folder).root())) {
      assertThat(ailments(registry)).isEmpty();
      for (Ailment ailment : Ailment.values()) {
        if (registry.readable().examination().knows(ailment)) {
          assertThat(registry.mend(ailment)).as(ailment.label()).isZero();
        }
      }
    }
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("curable")
  void mendsWhatFollowsFromOtherRows(Engine engine, Ailment ailment, List<String> damage)
      throws SQLException {
    try (DemoCopy copy = DemoCopy.make(engine, folder)) {
      Map<String, TreeSet<String>> before = tables(copy);
      damage(copy, damage);
      try (WritableRegistry registry = open(copy.root())) {
        Finding found = registry.readable().examination().examine(ailment);
        assertThat(found.count()).isPositive();
        assertThat(found.examples()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
        registry.mend(ailment);
        assertThat(ailments(registry)).isEmpty();
      }
      assertThat(tables(copy)).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("incurable")
  void leavesAloneWhatItCannotKnow(Engine engine, Ailment ailment, List<String> damage)
      throws SQLException {
    try (DemoCopy copy = DemoCopy.make(engine, folder)) {
      damage(copy, damage);
      Map<String, TreeSet<String>> before = tables(copy);
      try (WritableRegistry registry = open(copy.root())) {
        long count = registry.readable().examination().examine(ailment).count();
        assertThat(count).isPositive();
        registry.mend(ailment);
        assertThat(registry.readable().examination().examine(ailment).count()).isEqualTo(count);
      }
      assertThat(tables(copy)).isEqualTo(before);
    }
  }

  private static Map<Ailment, Finding> ailments(WritableRegistry registry) {
    Examination examination = registry.readable().examination();
    Map<Ailment, Finding> findings = new EnumMap<>(Ailment.class);
    for (Ailment ailment : Ailment.values()) {
      if (examination.knows(ailment)) {
        Finding finding = examination.examine(ailment);
        if (!finding.isClean()) {
          findings.put(ailment, finding);
        }
      }
    }
    return findings;
  }

  private static WritableRegistry open(Path root) {
    RepositoryConfig config = RepositoryConfig.read(root.toString(), Map.of());
    return WritableRegistry.open(
        new DatabaseSource(config.database(), config.namespace(), null, 2, Duration.ofSeconds(30)),
        List.of(new RecordTable(STORE, "file_datastore_records")));
  }

  /// Changes tables as one does who has foreign keys off.
  private static void damage(DemoCopy copy, List<String> statements) throws SQLException {
    try (Connection connection = copy.connect();
        Statement statement = connection.createStatement()) {
      if (copy.database() != null) {
        statement.execute("SET session_replication_role = replica");
      }
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private static Map<String, TreeSet<String>> tables(DemoCopy copy) throws SQLException {
    Map<String, TreeSet<String>> tables = new java.util.TreeMap<>();
    try (Connection connection = copy.connect();
        Statement statement = connection.createStatement()) {
      for (String name : names(connection)) {
        TreeSet<String> rows = new TreeSet<>();
        try (ResultSet result = statement.executeQuery("SELECT * FROM \"" + name + "\"")) {
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
              row.add(result.getMetaData().getColumnName(i) + "=" + result.getString(i));
            }
            row.sort(String::compareTo);
            rows.add(row.toString());
          }
        }
        tables.put(name, rows);
      }
    }
    return tables;
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet result =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (result.next()) {
        names.add(result.getString("TABLE_NAME"));
      }
    }
    return names;
  }
}
