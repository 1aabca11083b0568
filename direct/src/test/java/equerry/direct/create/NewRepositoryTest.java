package equerry.direct.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.DirectButler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// New repositories, and what is left of those that were not made. What is in them is held by
/// `interop/test_create.py`, beside the stock package's.
class NewRepositoryTest {
  private static final Map<String, String> NOWHERE = Map.of("HOME", "/nonexistent");

  @TempDir Path folder;

  private Path root() {
    return folder.resolve("deep/repository");
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().skip(1).toList();
    }
  }

  private static DirectButler open(Path root) {
    return DirectButler.open(
        root.toString(), DirectButler.Options.defaults().withEnvironment(NOWHERE));
  }

  @Test
  void makesARepository() throws IOException {
    Path file = NewRepository.at(root()).create(NOWHERE);
    assertThat(file).isEqualTo(root().resolve("butler.yaml"));
    assertThat(left())
        .containsExactly(
            "deep",
            "deep/repository",
            "deep/repository/butler.yaml",
            "deep/repository/gen3.sqlite3");
    try (DirectButler butler = open(root())) {
      assertThat(butler.universe().config().version()).isEqualTo(8);
    }
  }

  @Test
  void refusesWhereARepositoryIs() throws IOException {
    NewRepository.at(root()).create(NOWHERE);
    List<String> before = left();
    assertThatExceptionOfType(ButlerException.Conflict.class)
        .isThrownBy(() -> NewRepository.at(root()).create(NOWHERE))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.REPOSITORY_EXISTS));
    assertThat(left()).isEqualTo(before);
  }

  @Test
  void leavesNothingWhenTheDatabaseCannotBeReached() throws IOException {
    NewRepository unreachable =
        NewRepository.at(root())
            .onDatabase("postgresql://nobody@localhost:1/none", Optional.empty());
    assertThatExceptionOfType(ButlerException.Unavailable.class)
        .isThrownBy(() -> unreachable.create(NOWHERE));
    assertThat(left()).isEmpty();
  }

  @Test
  void leavesNothingWhenTheFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("deep"), "a file");
    assertThatExceptionOfType(ButlerException.Unavailable.class)
        .isThrownBy(() -> NewRepository.at(root()).create(NOWHERE))
        .withMessageContaining("Nothing was changed");
    assertThat(left()).containsExactly("deep");
  }

  /// What a process leaves that was killed between the commit of the tables and the last step.
  @Test
  void goesOnAfterBeingKilled() throws IOException {
    killedAfterCommit();
    NewRepository.at(root()).create(NOWHERE);
    try (DirectButler butler = open(root())) {
      assertThat(butler.universe().config().version()).isEqualTo(8);
    }
    assertThat(left()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void doesNotTakeTablesOfAnotherPlan() throws IOException {
    killedAfterCommit();
    assertThatExceptionOfType(ButlerException.Conflict.class)
        .isThrownBy(() -> NewRepository.at(root()).withUniverse(3).create(NOWHERE))
        .withMessageContaining("48 tables already");
    Files.delete(root().resolve(".butler.yaml.part"));
    assertThatExceptionOfType(ButlerException.Conflict.class)
        .isThrownBy(() -> NewRepository.at(root()).create(NOWHERE))
        .withMessageContaining("48 tables already");
    assertThat(root().resolve("gen3.sqlite3")).exists();
  }

  private void killedAfterCommit() throws IOException {
    Path file = NewRepository.at(root()).create(NOWHERE);
    Files.move(file, root().resolve(".butler.yaml.part"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          registry: {managers: {datasets: their.Manager}}                       | their.Manager
          registry: {managers: {datasets: {schema_version: 1.0.0}}}             | names no class
          registry: {managers: {opaque: {cls: x, extra: 1}}}                    | other keys
          registry: {db: 'mysql://x/y'}                                         | mysql
          datastore: {cls: their.Datastore}                                     | their.Datastore
          datastore: {cls: lsst.daf.butler.datastores.chainedDatastore.ChainedDatastore} | must list
          [a list]                                                              | mapping
          includeConfigs: none.yaml                                             | does not exist
          """)
  void refusesAnUnusableSeed(String yaml, String words) throws IOException {
    Path seed = Files.writeString(folder.resolve("seed.yaml"), yaml);
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> NewRepository.at(root()).seededBy(seed).create(NOWHERE))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(fault.detail()).contains(words);
            });
    assertThat(left()).containsExactly("seed.yaml");
  }

  @Test
  void refusesFilesThatIncludeEachOther() throws IOException {
    Path seed = Files.writeString(folder.resolve("seed.yaml"), "includeConfigs: seed.yaml\n");
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> NewRepository.at(root()).seededBy(seed))
        .withMessageContaining("more than 10 deep");
  }

  @Test
  void refusesUnknownUniversesAndBrokenOnes() throws IOException {
    assertThatExceptionOfType(ButlerException.NotFound.class)
        .isThrownBy(() -> NewRepository.at(root()).withUniverse(9))
        .withMessageContaining("0 to 8");
    Path own =
        Files.writeString(folder.resolve("own.yaml"), "version: 1\nelements: {a: {keys: 7}}");
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> NewRepository.at(root()).withDimensions(own));
  }

  @Test
  void needsASuffixThatSaysTheFormat() {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(
            () -> NewRepository.at(root()).writingTo(folder.resolve("config")).create(NOWHERE))
        .withMessageContaining(".yaml or .json");
  }
}
