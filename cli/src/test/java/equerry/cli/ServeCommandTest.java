package equerry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `equerry serve --check-config`: all faults at once, and an exit code that tells them apart.
class ServeCommandTest {
  @TempDir Path folder;
  private final StringWriter said = new StringWriter();

  private int check(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "serve";
    all[1] = "--check-config";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said, true));
    line.setOut(new PrintWriter(said, true));
    return line.execute(all);
  }

  @Test
  void whatIsGoodIsSaidToBeGood() throws Exception {
    DemoFolder.make(folder);
    assertThat(check("m=" + folder.resolve("demo"), "--also-serve", folder.toString())).isZero();
    assertThat(said.toString()).contains("can be opened: 1");
  }

  @Test
  void repositoriesThatCannotBeOpenedAreFaultsOfTheirOwnKind() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("butler.yaml"), "[");
    assertThat(check("a=" + broken, "b=" + folder.resolve("missing"))).isEqualTo(1);
    assertThat(said.toString()).contains("equerry: a: ").contains("equerry: b: ");
  }

  @Test
  void faultsOfSettingsAndRepositoriesAreSaidTogether() {
    assertThat(
            check(
                "b=" + folder.resolve("missing"),
                "c=ftp://example.org/x",
                "--also-serve",
                folder.resolve("nothing").toString(),
                "--signing-key",
                folder.resolve("no/such/key").toString(),
                "--host",
                "0.0.0.0"))
        .isEqualTo(2);
    assertThat(said.toString())
        .contains("servable_directories must be a directory")
        .contains("signing_key_file")
        .contains("c: a repository is named by")
        .contains("--allow-anonymous")
        .contains("equerry: b: ");
  }

  @Test
  void anUnknownOptionIsAFaultOfUsage() {
    assertThat(check("--colour", "red")).isEqualTo(2);
  }
}
