package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.direct.DemoCopy.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Changes of a registry leave the same rows as the stock package's, ids included, in repositories of
/// every universe and old schema.
///
/// `interop/make_write_answers.py` makes the changes and the tables.
class RegistryWritesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final Map<String, Writes> WRITES = read();

  @TempDir Path folder;

  /// What is to be done in a repository.
  ///
  /// @param changes the changes
  /// @param tables those that the stock package left otherwise than they were
  record Writes(
      List<Map<String, @Nullable Object>> changes,
      Map<String, List<Map<String, @Nullable Object>>> tables) {}

  private static Map<String, Writes> read() {
    InputStream raw = RegistryWritesTest.class.getResourceAsStream("registry-writes.json.gz");
    try (InputStream text = new GZIPInputStream(Objects.requireNonNull(raw))) {
      return JSON.readValue(text, new TypeReference<Map<String, Writes>>() {});
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Stream<String> variants() {
    return WRITES.keySet().stream().filter(name -> !name.equals("demo"));
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheRowsOfTheStockPackage(Engine engine) throws SQLException {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        Connection connection = demo.connect()) {
      check("demo", demo.root(), connection);
    }
    assertThat(Leftovers.threads()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void leavesTheRowsOfTheStockPackage(String variant) throws SQLException {
    VariantCopy copy = VariantCopy.make(variant, folder);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.database())) {
      check(variant, copy.root(), connection);
    }
  }

  private static void check(String name, Path root, Connection connection) throws SQLException {
    Writes writes = Objects.requireNonNull(WRITES.get(name));
    TableDump before = TableDump.of(connection);
    apply(writes, root);
    Map<String, List<Map<String, @Nullable Object>>> after = TableDump.of(connection).tables();
    SoftAssertions all = new SoftAssertions();
    all.assertThat(after.keySet()).containsAll(writes.tables().keySet());
    after.forEach(
        (table, rows) ->
            all.assertThat(rows)
                .as(table)
                .containsExactlyInAnyOrderElementsOf(
                    writes
                        .tables()
                        .getOrDefault(table, before.tables().getOrDefault(table, List.of()))));
    all.assertAll();
  }

  private static void apply(Writes writes, Path root) {
    DirectButler.Options options = new DirectButler.Options(Map.of(), 2, Duration.ofSeconds(30));
    SoftAssertions all = new SoftAssertions();
    try (WritableDirectButler butler = DirectButler.openForWriting(root.toString(), options)) {
      for (Map<String, @Nullable Object> fields : writes.changes()) {
        RegistryChange change = new RegistryChange(fields);
        all.assertThat(change.apply(butler)).as(change.label()).isEqualTo(change.answer());
      }
      assertThat(butler.readable().busyConnections()).isZero();
    }
    all.assertAll();
  }
}
