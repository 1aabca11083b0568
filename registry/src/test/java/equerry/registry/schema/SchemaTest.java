package equerry.registry.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.db.Dialect;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The statements that make tables are those of the stock package.
///
/// `interop/make_schema_resources.py` records what the stock package runs when it makes a repository
/// of each universe and registers dataset types with these dimensions.
class SchemaTest {
  /// The groups in the order in which their keys were given out, the empty one first.
  private static final List<List<String>> GROUPS =
      List.of(
          List.of(),
          List.of("physical_filter", "detector"),
          List.of("exposure", "detector"),
          List.of("visit", "detector"),
          List.of("patch", "band"),
          List.of("htm7", "band"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0-integer-2", "1-integer-2", "2-integer-2", "3-integer-2", "4-integer-2", "5-integer-2",
        "6-integer-2", "7-integer-2", "8-integer-2", "1-integer-1", "8-integer-1", "3-name-1",
        "3-name-2", "8-name-1", "8-name-2"
      })
  void statementsAreThoseOfTheStockPackage(String name) throws IOException {
    String[] parts = name.split("-");
    DimensionUniverse universe = universe(parts[0]);
    SchemaVariant variant =
        new SchemaVariant(
            parts[1].equals("name") ? CollectionKeys.NAME : CollectionKeys.INTEGER,
            parts[2].equals("1") ? IngestDates.UTC_TIMESTAMP : IngestDates.TAI_NANOS);
    List<TableDefinition> tables = tables(universe, variant);
    assertThat(statements(tables, Dialect.sqlite()))
        .containsExactlyInAnyOrderElementsOf(recorded("sqlite-" + name));
    assertThat(statements(tables, Dialect.postgres()))
        .map(statement -> statement.replace("\"", ""))
        .containsExactlyInAnyOrderElementsOf(
            recorded("postgresql-" + name).stream().map(s -> s.replace("\"", "")).toList());
  }

  private static List<TableDefinition> tables(DimensionUniverse universe, SchemaVariant variant) {
    List<TableDefinition> tables = new ArrayList<>(StaticTables.of(universe, variant));
    for (int key = 0; key < GROUPS.size(); key++) {
      DimensionGroup group = universe.group(GROUPS.get(key));
      tables.add(DatasetTables.tags(universe, group, key, variant));
    }
    DimensionGroup flat = universe.group(GROUPS.get(1));
    tables.add(DatasetTables.calibs(universe, flat, 1, variant));
    tables.add(OpaqueTables.fileRecords("file_datastore_records"));
    return tables;
  }

  private static List<String> statements(List<TableDefinition> tables, Dialect dialect) {
    return tables.stream()
        .flatMap(table -> table.statements(dialect).stream())
        .filter(statement -> !statement.startsWith("COMMENT"))
        .map(statement -> statement.replaceAll("\\s+", " "))
        .toList();
  }

  private static List<String> recorded(String name) throws IOException {
    try (InputStream packed = open(SchemaTest.class, name + ".sql.gz");
        InputStream text = new GZIPInputStream(packed)) {
      return new String(text.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @SuppressWarnings("unchecked")
  private static DimensionUniverse universe(String version) throws IOException {
    try (InputStream json =
        open(SchemaTest.class, "/equerry/registry/create/universe-" + version + ".json")) {
      return DimensionUniverse.of(
          (Map<String, Object>) new JsonMapper().readValue(json.readAllBytes(), Map.class));
    }
  }

  private static InputStream open(Class<?> near, String name) {
    return Objects.requireNonNull(near.getResourceAsStream(name), name);
  }
}
