package equerry.registry.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.RecordTable;
import equerry.registry.Registry;
import equerry.registry.WritableRegistry;
import equerry.registry.db.DatabaseSource;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// New registries on both databases. The tables themselves are held by [SchemaTest] and, with the
/// stock package, by `interop/test_create.py`.
class NewRegistryTest {
  private static final String EXTENSION = "CREATE EXTENSION btree_gist";
  private static final SchemaVariant CURRENT =
      new SchemaVariant(CollectionKeys.INTEGER, IngestDates.TAI_NANOS);
  private static final List<RecordTable> RECORDS =
      List.of(new RecordTable("FileDatastore@<butlerRoot>", "file_datastore_records"));

  @TempDir Path folder;

  private static NewRegistry registry(SchemaVariant variant) {
    return new NewRegistry(Universes.json(Universes.CURRENT), variant, Optional.empty());
  }

  private static DatabaseSource source(String url, String namespace) {
    return new DatabaseSource(url, namespace, null, 2, Duration.ofSeconds(10));
  }

  private DatabaseSource sqlite() {
    return new DatabaseSource(
        "sqlite:///" + folder.resolve("gen3.sqlite3"), null, null, 2, Duration.ofSeconds(10));
  }

  private Connection openSqlite() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gen3.sqlite3"));
  }

  private static Map<String, String> attributes(Connection connection, String table)
      throws SQLException {
    Map<String, String> rows = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT name, value FROM " + table)) {
      while (result.next()) {
        rows.put(result.getString(1), result.getString(2));
      }
    }
    return rows;
  }

  private static long count(Connection connection, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + from)) {
      result.next();
      return result.getLong(1);
    }
  }

  /// The rows of section "butler_attributes" of the stock package's new repositories.
  @Test
  void keepsTheAttributesOfTheStockPackage() throws SQLException {
    registry(CURRENT).create(sqlite());
    String prefix = "lsst.daf.butler.registry.";
    try (Connection connection = openSqlite()) {
      assertThat(attributes(connection, "butler_attributes"))
          .hasSize(13)
          .containsEntry(
              "config:registry.managers.datasets",
              prefix + "datasets.byDimensions._manager.ByDimensionsDatasetRecordStorageManagerUUID")
          .containsEntry(
              "version:"
                  + prefix
                  + "datasets.byDimensions._manager.ByDimensionsDatasetRecordStorageManagerUUID",
              "2.0.0")
          .containsEntry("version:" + prefix + "attributes.DefaultButlerAttributeManager", "1.0.1")
          .containsEntry(
              "version:" + prefix + "dimensions.static.StaticDimensionRecordStorageManager",
              "6.0.2")
          .containsEntry("config:dimensions.json", Universes.json(8));
      assertThat(count(connection, "sqlite_master WHERE type = 'table'")).isEqualTo(48);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void makesEveryUniverse(int version) {
    new NewRegistry(Universes.json(version), CURRENT, Optional.empty()).create(sqlite());
    try (Registry opened = Registry.open(sqlite(), RECORDS)) {
      assertThat(opened.universe().config().version()).isEqualTo(version);
    }
  }

  @Test
  void makesTablesWithNamesAsKeysAndTimestamps() throws SQLException {
    registry(new SchemaVariant(CollectionKeys.NAME, IngestDates.UTC_TIMESTAMP)).create(sqlite());
    try (Connection connection = openSqlite()) {
      assertThat(attributes(connection, "butler_attributes"))
          .containsEntry(
              "config:registry.managers.collections",
              "lsst.daf.butler.registry.collections.nameKey.NameKeyCollectionManager")
          .containsValue("1.0.0");
    }
  }

  @Test
  void makesASchemaInPostgres() throws SQLException {
    String url = TestServer.newDatabase();
    TestServer.run(url, EXTENSION, "CREATE TABLE public.other (id INTEGER)");
    registry(CURRENT).create(source(url, "Night One"));
    try (Connection connection = TestServer.connect(url)) {
      assertThat(count(connection, "pg_tables WHERE schemaname = 'Night One'")).isEqualTo(48);
      assertThat(attributes(connection, "\"Night One\".butler_attributes")).hasSize(13);
    }
  }

  @Test
  void needsAnExtensionInPostgres() throws SQLException {
    String url = TestServer.newDatabase();
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> registry(CURRENT).create(source(url, "night")))
        .withMessageContaining("btree_gist");
    try (Connection connection = TestServer.connect(url)) {
      assertThat(count(connection, "pg_namespace WHERE nspname = 'night'")).isZero();
    }
  }

  @Test
  void refusesADatabaseWithTables() throws SQLException {
    try (Connection connection = openSqlite();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE other (id INTEGER)");
    }
    assertRefused(sqlite());
    try (Connection connection = openSqlite()) {
      assertThat(count(connection, "sqlite_master")).isEqualTo(1);
    }
    String url = TestServer.newDatabase();
    TestServer.run(url, EXTENSION, "CREATE TABLE public.other (id INTEGER)");
    assertRefused(new DatabaseSource(url, null, null, 2, Duration.ofSeconds(10)));
  }

  private static void assertRefused(DatabaseSource source) {
    assertThatExceptionOfType(ButlerException.Conflict.class)
        .isThrownBy(() -> registry(CURRENT).create(source))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.REPOSITORY_EXISTS);
              assertThat(fault.detail()).contains("1 tables already", "Nothing was changed");
            });
  }

  @Test
  void firstWriterMakesTheTableOfFileRecords() throws SQLException {
    registry(CURRENT).create(sqlite());
    for (int i = 0; i < 2; i++) {
      WritableRegistry.open(sqlite(), RECORDS).close();
      try (Connection connection = openSqlite()) {
        assertThat(count(connection, "file_datastore_records")).isZero();
        assertThat(count(connection, "opaque_meta")).isEqualTo(1);
      }
    }
    String url = TestServer.newDatabase();
    TestServer.run(url, EXTENSION);
    registry(CURRENT).create(source(url, "night"));
    WritableRegistry.open(source(url, "night"), RECORDS).close();
    try (Connection connection = TestServer.connect(url)) {
      assertThat(count(connection, "night.opaque_meta")).isEqualTo(1);
      assertThat(count(connection, "night.file_datastore_records")).isZero();
    }
  }

  /// The rule of the stock package: another minor version is read at most.
  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.3.0", "1.2.0", "nonsense"})
  void refusesToWriteTablesOfAnotherVersion(String version) throws SQLException {
    registry(CURRENT).create(sqlite());
    changeVersionOfOpaque(version);
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> WritableRegistry.open(sqlite(), RECORDS))
        .withMessageContaining("opaque manager has version " + version)
        .withMessageContaining("cannot be written to");
  }

  @Test
  void writesTablesOfAnotherPatch() throws SQLException {
    registry(CURRENT).create(sqlite());
    changeVersionOfOpaque("0.2.9");
    WritableRegistry.open(sqlite(), RECORDS).close();
  }

  @Test
  void readsTablesOfAnOlderMinorVersion() throws SQLException {
    registry(CURRENT).create(sqlite());
    changeVersionOfOpaque("0.1.0");
    Registry.open(sqlite(), RECORDS).close();
  }

  private void changeVersionOfOpaque(String version) throws SQLException {
    try (Connection connection = openSqlite();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE butler_attributes SET value = '"
              + version
              + "' WHERE name LIKE 'version:%ByNameOpaqueTableStorageManager'");
    }
  }
}
