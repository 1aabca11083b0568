package equerry.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.cli.CommandRun;
import equerry.cli.DemoFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the query commands say of mistakes, of nothing and of limits, and their formats.
class QueryCommandsTest {
  private static Path root;

  @BeforeAll
  static void make(@TempDir Path folder) throws IOException {
    root = DemoFolder.make(folder);
  }

  /// A command line with spaces between arguments, `_` for a space in one, and REPO for the demo.
  private static CommandRun run(String line) {
    return CommandRun.of(
        List.of(line.split(" ")).stream()
            .map(argument -> argument.replace("REPO", root.toString()).replace("~", " "))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query-data-ids REPO visitt | visitt | visit",
        "query-dimension-records REPO instrum | instrum | instrument",
        "query-datasets REPO deep_coad --collections meadow/latest | deep_coad | deep_coadd",
        "query-datasets REPO deep_coadd --collections meadow/lates | meadow/lates | meadow/latest",
        "query-datasets REPO deep_coadd,raw --collections meadow/lates | meadow/lates | meadow/latest",
        "query-dataset-types REPO deep_coad | deep_coad | deep_coadd",
        "query-dataset-types REPO --collections refcat | refcat | refcats",
        "query-collections REPO refcat | refcat | refcats",
        "query-data-ids REPO visit --order-by visit.seqnum | seqnum | seq_num",
        "query-data-ids REPO visit --where instrument='LarkCam'~AND~visit.seqnum=1 | seqnum | seq_num",
        "query-data-ids REPO visit --datasets visit_sumary | visit_sumary | visit_summary",
        "query-data-ids REPO visit --datasets raw --collections refcat | refcat | refcats",
      })
  void anUnknownNameIsAnErrorThatNamesTheKnownOne(String line, String asked, String meant) {
    CommandRun run = run(line);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("equerry: ")
        .contains("'" + asked + "'")
        .contains("Did you mean '" + meant + "'?")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query-data-ids REPO visit --where instrument='LarkCm' | No instrument 'LarkCm' | LarkCam",
        "query-dimension-records REPO tract --where skymap='meadw_v1' | No skymap 'meadw_v1' | meadow_v1",
        "query-datasets REPO raw --where instrument='LarkCm' | No instrument 'LarkCm' | LarkCam",
        "query-datasets REPO * --where instrument~IN~('LarkCm') | No instrument 'LarkCm' | LarkCam",
        "query-data-ids REPO visit --where instrument='LarkCam'~AND~physical_filter='lark-G1'"
            + " | No physical_filter 'lark-G1' | lark-g",
      })
  void aMistypedValueIsTheReasonForNothing(String line, String reason, String meant) {
    CommandRun run = run(line);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("equerry: nothing was found.")
        .contains(reason)
        .contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query-data-ids REPO",
        "query-data-ids",
        "query-dimension-records REPO",
        "query-datasets REPO * --order-by visit",
        "query-datasets REPO * --find-first",
        "query-datasets REPO raw --limit many",
        "query-datasets REPO raw --format xml",
        "query-collections REPO --chains sideways",
        "query-collections REPO --collection-type pile",
        "query-datasets REPO raw --no-such-option",
        "query-datasets REPO raw -@ REPO/none.yaml",
      })
  void anUnusableCommandLineIsRefused(String line) {
    CommandRun run = run(line);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("equerry: ").contains("Help: equerry help query-");
  }

  @Test
  void aPlaceWithoutRepositoryIsAnErrorThatNamesIt() {
    CommandRun run = run("query-collections REPO/none");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(root + "/none");
  }

  @Test
  void aCapIsNotedAndALimitIsNot() {
    CommandRun capped = run("query-data-ids REPO visit --limit -2 --format csv");
    assertThat(capped.out()).hasLineCount(3);
    assertThat(capped.err()).contains("more than these 2");
    CommandRun limited = run("query-data-ids REPO visit --limit 2 --format csv");
    assertThat(limited.out()).hasLineCount(3);
    assertThat(limited.err()).isEmpty();
    assertThat(run("query-data-ids REPO visit --limit -5 --format csv").err()).isEmpty();
    CommandRun many = run("query-datasets REPO * --limit -3 --format csv");
    assertThat(many.out()).hasLineCount(4);
    assertThat(many.err()).contains("more than these 3");
  }

  @Test
  void anOffsetLeavesTheFirstRowsOut() {
    String all = run("query-data-ids REPO visit --order-by visit --format csv").out();
    String rest = run("query-data-ids REPO visit --order-by visit --offset 2 --format csv").out();
    assertThat(rest.lines().skip(1).toList()).isEqualTo(all.lines().skip(3).toList());
    String page =
        run("query-data-ids REPO visit --order-by visit --offset 1 --limit 2 --format csv").out();
    assertThat(page.lines().skip(1).toList()).isEqualTo(all.lines().skip(2).limit(2).toList());
  }

  @Test
  void jsonHoldsTypedValues() {
    JsonNode rows =
        new JsonMapper()
            .readTree(
                run("query-dimension-records REPO visit --order-by visit --format json").out());
    assertThat(rows.size()).isEqualTo(5);
    JsonNode first = rows.get(0);
    assertThat(first.get("id").asLong()).isEqualTo(2026031400003L);
    assertThat(first.get("exposure_time").asDouble()).isEqualTo(30.0);
    assertThat(first.at("/timespan/begin").asString()).isEqualTo("2026-03-15T01:00:00");
    assertThat(first.get("region").asString()).matches("[0-9a-f]+");
  }

  @Test
  void linesOfJsonAreObjectsEach() {
    List<JsonNode> lines =
        run("query-collections REPO --format ndjson")
            .out()
            .lines()
            .map(line -> new JsonMapper().readTree(line))
            .toList();
    assertThat(lines).hasSize(19);
    assertThat(lines.get(4).get("name").asString()).isEqualTo("LarkCam/raw/all");
    assertThat(lines.get(4).get("level").asInt()).isEqualTo(1);
  }

  @Test
  void jsonTellsChildrenAndDatasetTypesAsLists() {
    JsonNode rows =
        new JsonMapper()
            .readTree(
                run("query-collections REPO meadow/latest --chains table -t --format json").out());
    assertThat(rows.get(0).get("children").valueStream().map(JsonNode::asString))
        .containsExactly("meadow/runs/second", "meadow/runs/first", "LarkCam/defaults");
    assertThat(rows.get(0).get("dataset_types").valueStream().map(JsonNode::asString))
        .contains("raw", "visit_image");
  }

  @Test
  void csvHasOneHeadForAllDatasetTypes() {
    List<String> lines =
        run("query-datasets REPO deep_coadd,raw --format csv --limit 0").out().lines().toList();
    assertThat(lines.getFirst())
        .startsWith("type,run,id,")
        .contains("instrument", "skymap", "exposure", "patch");
    long columns = lines.getFirst().chars().filter(c -> c == ',').count();
    assertThat(lines).allMatch(line -> line.chars().filter(c -> c == ',').count() == columns);
    assertThat(lines).hasSize(1 + 16 + 10);
  }

  @Test
  void nothingIsAnEmptyArray() {
    CommandRun run = run("query-data-ids REPO visit --where instrument='none' --format json");
    assertThat(new JsonMapper().readTree(run.out()).size()).isZero();
    assertThat(run.exit()).isZero();
  }

  @Test
  void aFileGivesOptionsThatTheCommandLineLacks(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("options.yaml");
    Files.writeString(
        file,
        """
        query-data-ids:
          limit: 2
          format: csv
          order_by: [-visit]
        """);
    CommandRun run = run("query-data-ids REPO visit --limit 1 -@ " + file);
    assertThat(run.out()).hasLineCount(2).contains("2026031500004");
    assertThat(run("query-data-ids REPO visit -@ " + file).out()).hasLineCount(3);
  }

  @Test
  void collectionsWithoutDatasetsAreNoted() {
    CommandRun run = run("query-data-ids REPO visit --collections meadow/latest");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("--collections has no effect without --datasets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query-collections",
        "query-dataset-types",
        "query-datasets",
        "query-data-ids",
        "query-dimension-records",
      })
  void helpTeachesWithExamples(String command) {
    CommandRun help = run(command + " --help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Examples:", "equerry " + command + " REPO");
  }
}
