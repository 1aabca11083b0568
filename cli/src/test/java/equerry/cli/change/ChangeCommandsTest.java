package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.cli.CommandRun;
import equerry.cli.DemoFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the commands that change a repository say and refuse. That they do what the stock commands
/// do is held by `interop/test_commands.py`.
class ChangeCommandsTest {
  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void make() throws IOException {
    root = DemoFolder.make(folder);
  }

  /// A command line; `~` stands for a space in an argument.
  private CommandRun run(String line) {
    return CommandRun.of(
        Arrays.stream(line.split(" "))
            .map(argument -> argument.replace("REPO", root.toString()).replace("~", " "))
            .toArray(String[]::new));
  }

  private JsonNode json(String line) {
    CommandRun run = run(line + " --format json");
    assertThat(run.exit()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "remove-runs REPO meadow/runs/first | Add --no-confirm",
        "remove-collections REPO meadow/latest | Add --no-confirm",
        "prune-datasets REPO meadow/latest --unstore | Add --no-confirm",
        "prune-datasets REPO meadow/latest --no-confirm | Nothing to do",
        "prune-datasets REPO --unstore --no-confirm | No collections to search",
        "prune-datasets REPO --purge a --disassociate b --no-confirm | does not go with",
        "prune-datasets REPO --purge a --quiet --dry-run | does not go with",
        "prune-datasets REPO * --unstore --no-confirm | name the collections",
        "collection-chain REPO meadow/latest | needs collections",
        "collection-chain REPO meadow/latest --mode pop --flatten | does not go with",
        "collection-chain REPO meadow/latest --mode sideways a | sideways",
        "collection-chain REPO meadow/latest --mode pop first | is no number",
        "ingest-files REPO raw run t.csv --page-rows 0 | --page-rows",
        "ingest-files REPO raw run t.csv --jobs 9 | --jobs takes 1 to 8",
        "ingest-files REPO raw run t.csv -t split | is none of",
        "ingest-files REPO raw run t.csv --id-generation-mode x | is none of",
        "associate http://localhost/butler tag | servers change nothing",
      })
  void anUnusableCommandLineIsRefused(String line, String told) {
    CommandRun run = run(line);
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("equerry: ").contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "associate REPO/none tag | REPO/none",
        "associate REPO tag -d rawr | Did you mean 'raw'?",
        "certify-calibrations REPO meadow/latest calib raw --begin-date soon | 'soon/tai'",
        "certify-calibrations REPO meadow/latst calib raw | Did you mean 'meadow/latest'?",
        "collection-chain REPO meadow/latest --mode pop 99 | none with the number 99",
        "collection-chain REPO meadow/latst --mode pop | Did you mean 'meadow/latest'?",
        "ingest-files REPO raw run none.csv | no file with the table 'none.csv'",
        "ingest-files REPO rawr run none.csv | Did you mean 'raw'?",
        "put REPO f.fits raw run instrumnt=LarkCam | Did you mean 'instrument'?",
        "put REPO f.fits raw run instrument=LarkCam | no column 'detector'",
        "remove-runs REPO meadow/runs/first --no-confirm | add --force",
        "prune-datasets REPO --purge meadow/latest --no-confirm | is no RUN collection",
        "config-dump REPO -s .datastore.rot | no '.datastore.rot'",
      })
  void whatCannotBeDoneIsAnError(String line, String told) {
    CommandRun run = run(line);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("equerry: ").contains(told.replace("REPO", root.toString()));
  }

  @Test
  void aRehearsalTellsAndChangesNothing() {
    String before = run("query-datasets REPO * --format csv --limit 0").out();
    JsonNode told = json("remove-runs REPO meadow/runs/* --dry-run");
    assertThat(told.get(0).get("run").asString()).isEqualTo("meadow/runs/first");
    assertThat(told.get(0).get("parents").get(0).asString()).isEqualTo("meadow/latest");
    assertThat(json("prune-datasets REPO meadow/latest --unstore --datasets raw -n").get(0))
        .hasToString("{\"type\":\"raw\",\"run\":\"LarkCam/raw/all\",\"datasets\":10}");
    assertThat(json("remove-collections REPO meadow/* -n").size()).isGreaterThan(2);
    assertThat(run("query-datasets REPO * --format csv --limit 0").out()).isEqualTo(before);
  }

  @Test
  void peopleSeeTheFirstDatasetsOfEachType() {
    CommandRun run =
        run("prune-datasets REPO meadow/latest --unstore --datasets deep_coadd,raw --dry-run");
    assertThat(run.out())
        .startsWith("Datasets whose files to remove:\n")
        .contains("The first 10 of 16 deep_coadd:\n", "\nraw:\n");
    assertThat(run.err()).isEqualTo("equerry: nothing was changed (--dry-run).\n");
  }

  @Test
  void quietIsQuiet() {
    CommandRun run = run("prune-datasets REPO --purge meadow/runs/first --quiet");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).isEmpty();
    assertThat(run("query-datasets REPO * --collections meadow/runs/first").err())
        .contains("nothing was found");
  }

  @Test
  void anIngestGoesOnWhereItWasStopped() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.writeString(folder.resolve("f" + i + ".yaml"), "a: " + i);
    }
    Path table = folder.resolve("t.csv");
    String rows = "file,detector,physical_filter\nf1.yaml,0,lark-g\nf2.yaml,1,lark-g\n";
    Files.writeString(table, rows);
    run("register-dataset-type REPO note StructuredDataDict detector physical_filter");
    String line =
        "ingest-files REPO note my/notes %s --data-id instrument=LarkCam -t copy --prefix %s"
                .formatted(table, folder)
            + " --page-rows 1";
    assertThat(json(line).get(0).get("datasets").asInt()).isEqualTo(2);
    assertThat(run(line).err()).hasLineCount(1).contains("Nothing was changed");
    Files.writeString(table, rows + "f3.yaml,x,lark-r\n");
    assertThat(run(line + " --skip-existing").err()).contains("Row 3 of the table");
    Files.writeString(table, rows + "f3.yaml,0,lark-r\nf1.yaml,7,lark-r\n");
    assertThat(run(line + " --skip-existing").err())
        .contains("Nothing was changed")
        .contains("of the table's 4 rows, 3 are in; go on with --skip-existing.");
    Files.writeString(table, rows + "f3.yaml,0,lark-r\nf1.yaml,1,lark-r\n");
    CommandRun again = run(line + " --skip-existing --format ndjson");
    assertThat(again.err()).isEmpty();
    assertThat(again.out())
        .isEqualTo(
            "{\"type\":\"note\",\"run\":\"my/notes\",\"files\":1,\"datasets\":1,\"skipped\":3}\n");
    assertThat(run("query-datasets REPO note --format csv").out()).hasLineCount(1 + 4);
  }

  @Test
  void aFileIsPut() throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), "a: 1");
    run("register-dataset-type REPO note StructuredDataDict instrument");
    assertThat(json("put REPO " + file + " note my/notes instrument=LarkCam").get(0).get("data_id"))
        .hasToString("\"{instrument: 'LarkCam'}\"");
    assertThat(run("query-datasets REPO note --show-uri --format csv").out())
        .contains("my/notes/note/note_LarkCam_my_notes.yaml");
  }

  @Test
  void theConfigurationIsShownAndChecked() {
    assertThat(run("config-dump REPO -s .datastore.root").out())
        .isEqualTo(".datastore.root: <butlerRoot>\n");
    assertThat(run("config-dump REPO -s registry").out()).startsWith("db: sqlite");
    assertThat(run("config-validate REPO --quiet").exit()).isIn(0, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "associate",
        "certify-calibrations",
        "collection-chain",
        "decertify-calibrations",
        "ingest-files",
        "ingest-zip",
        "prune-datasets",
        "put",
        "register-dataset-type",
        "remove-collections",
        "remove-dataset-type",
        "remove-runs",
        "config-dump",
        "config-validate",
      })
  void helpTeachesWithExamples(String command) {
    CommandRun help = run(command + " --help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Example", "equerry " + command + " REPO");
  }
}
