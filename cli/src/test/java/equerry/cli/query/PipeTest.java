package equerry.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.cli.DemoFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command as a process whose output goes elsewhere.
class PipeTest {
  private static final int WAIT_SECONDS = 60;

  private static Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "equerry.cli.Main"));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).start();
  }

  private static String read(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aReaderThatLeavesEndsTheCommandQuietly(@TempDir Path folder) throws Exception {
    Path root = DemoFolder.make(folder);
    Process process =
        start("query-datasets", root.toString(), "*", "--format", "csv", "--show-uri");
    process.getInputStream().close();
    assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(read(process)).isEmpty();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void onlyRowsGoToStandardOutput(@TempDir Path folder) throws Exception {
    Path root = DemoFolder.make(folder);
    Process process =
        start("query-data-ids", root.toString(), "visit", "--format", "csv", "--limit", "-1");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readAllLines()).hasSize(2).first().asString().startsWith("instrument,visit");
    }
    assertThat(read(process)).startsWith("equerry: there are more than these 1").hasLineCount(1);
    assertThat(process.waitFor()).isZero();
  }
}
