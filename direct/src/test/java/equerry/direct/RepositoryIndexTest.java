package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryIndexTest {
  @TempDir Path folder;

  private RepositoryIndex file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("index.yaml"), text);
    return RepositoryIndex.of(Map.of("DAF_BUTLER_REPOSITORY_INDEX", file.toString()));
  }

  private static RepositoryIndex text(String text) {
    return RepositoryIndex.of(Map.of("DAF_BUTLER_REPOSITORIES", text));
  }

  @Test
  void resolvesLabels() throws IOException {
    assertThat(file("main: /data/main\ndp2: s3://bucket/dp2\n").resolve("dp2"))
        .isEqualTo("s3://bucket/dp2");
    assertThat(file("{\"main\": \"/data/main\"}").resolve("main")).isEqualTo("/data/main");
    assertThat(text("{\"main\": \"/data/main\"}").resolve("main")).isEqualTo("/data/main");
  }

  @Test
  void leavesPlacesAlone() {
    assertThat(text("main: /data/main").resolve("/data/other")).isEqualTo("/data/other");
    assertThat(RepositoryIndex.of(Map.of()).resolve("main")).isEqualTo("main");
  }

  @Test
  void namesTheKnownLabels() {
    assertThat(text("{main: /a, dp2: /b}").hint("maim")).isEqualTo(" Known labels are: dp2, main.");
    assertThat(text("{main: /a}").hint("./maim")).isEmpty();
    assertThat(text("{main: /a}").hint("main")).isEmpty();
    assertThat(RepositoryIndex.of(Map.of()).hint("main")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'{main: 7}', labels to places", "'[main]', mapping", "'{', valid"})
  void tellsWhyAnIndexCannotBeUsed(String text, String words) {
    RepositoryIndex index = text(text);
    assertThat(index.resolve("main")).isEqualTo("main");
    assertThat(index.hint("main")).contains("cannot be used", words);
  }

  @Test
  void tellsOfAMissingFileAndOfTwoIndexes() {
    Map<String, String> missing =
        Map.of("DAF_BUTLER_REPOSITORY_INDEX", folder.resolve("none.yaml").toString());
    assertThat(RepositoryIndex.of(missing).hint("main")).contains("cannot be read");
    Map<String, String> both =
        Map.of("DAF_BUTLER_REPOSITORY_INDEX", "/a", "DAF_BUTLER_REPOSITORIES", "{}");
    assertThat(RepositoryIndex.of(both).hint("main")).contains("only one of");
  }
}
