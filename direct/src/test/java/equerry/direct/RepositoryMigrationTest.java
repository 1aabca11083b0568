package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.direct.migrate.RepositoryMigration;
import equerry.direct.migrate.RepositoryMigration.Backup;
import equerry.registry.migrate.Migration;
import equerry.registry.migrate.MigrationStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Migrations that are refused or taken back. That migrated tables are those of the stock package is
/// held by `interop/test_migrate.py`, on both databases.
class RepositoryMigrationTest {
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(Leftovers.threads()).isEmpty();
  }

  private static RepositoryMigration migration(VariantCopy copy) {
    return RepositoryMigration.of(copy.root().toString(), Map.of("HOME", "/nonexistent"));
  }

  private static int universe(VariantCopy copy) {
    try (DirectButler butler = copy.open()) {
      return butler.universe().config().version();
    }
  }

  private List<Path> copies(VariantCopy copy) throws IOException {
    try (Stream<Path> files = Files.list(copy.root())) {
      return files.filter(file -> file.toString().contains(".before-")).toList();
    }
  }

  @Test
  void migratesAfterACopy() throws IOException {
    VariantCopy old = VariantCopy.make("datasets1-universe6", folder);
    Migration done = migration(old).run(Backup.MADE);
    assertThat(done.steps())
        .map(MigrationStep::name)
        .containsExactly("datasets 1.0.0 to 2.0.0", "universe 6 to 7", "universe 7 to 8");
    assertThat(done.notOffered()).isEmpty();
    assertThat(universe(old)).isEqualTo(8);
    assertThat(copies(old)).hasSize(1);
    Files.copy(copies(old).getFirst(), old.database(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(universe(old)).isEqualTo(6);
  }

  @Test
  void hasNothingToDoForTodaysTables() throws IOException {
    VariantCopy current = VariantCopy.make("universe8", folder);
    assertThat(migration(current).run(Backup.MADE)).isEqualTo(new Migration(List.of(), List.of()));
    assertThat(copies(current)).isEmpty();
  }

  @Test
  void takesEverythingBackWhenTablesAreNotAsExpected() throws IOException {
    VariantCopy old = VariantCopy.make("datasets1-universe6", folder);
    old.commit("ALTER TABLE visit ADD COLUMN of_somebody TEXT");
    byte[] before = Files.readAllBytes(old.database());
    assertThatExceptionOfType(ButlerException.Internal.class)
        .isThrownBy(() -> migration(old).run(Backup.LEFT))
        .withMessageContaining("table 'visit' has the columns")
        .withMessageContaining("Nothing was changed");
    assertThat(Files.readAllBytes(old.database())).isEqualTo(before);
  }

  @Test
  void leavesDimensionsOfOthersAlone() {
    VariantCopy old = VariantCopy.make("universe7", folder);
    old.commit(
        "UPDATE butler_attributes SET value = replace(value, '\"daf_butler\"', '\"theirs\"')"
            + " WHERE name = 'config:dimensions.json'");
    Migration plan = migration(old).plan();
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.notOffered()).singleElement().asString().contains("theirs universe 7");
  }

  @Test
  void saysWhatItDoesNotDo() {
    assertThat(migration(VariantCopy.make("universe1", folder)).plan().notOffered())
        .singleElement()
        .asString()
        .contains("1 to 2 is not offered");
    assertThat(migration(VariantCopy.make("universe3", folder)).plan().notOffered())
        .singleElement()
        .asString()
        .contains("5 to 6 is not offered");
  }

  @Test
  void refusesTablesThatAreTooNew() {
    VariantCopy newer = VariantCopy.make("universe7", folder);
    newer.commit(
        "UPDATE butler_attributes SET value = '2.1.0' WHERE name LIKE 'version:%datasets%'");
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> migration(newer).plan())
        .withMessageContaining("datasets manager has version 2.1.0");
  }
}
