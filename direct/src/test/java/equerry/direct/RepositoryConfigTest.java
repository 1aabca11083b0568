package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryConfigTest {
  @TempDir Path folder;

  private RepositoryConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("butler.yaml"), yaml);
    return RepositoryConfig.read(folder.toString(), Map.of());
  }

  private void assertRefused(String yaml, String... words) {
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> read(yaml))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(fault.detail()).contains(words);
            });
  }

  @Test
  void readsTheUsualFile() throws IOException {
    RepositoryConfig config =
        read(
            """
            datastore:
              root: <butlerRoot>
            registry:
              db: sqlite:///<butlerRoot>/gen3.sqlite3
            """);
    assertThat(config.root()).isEqualTo(folder.toString());
    assertThat(config.database()).isEqualTo("sqlite:///" + folder + "/gen3.sqlite3");
    assertThat(config.namespace()).isNull();
  }

  /// A stock repository may leave out all that its defaults say.
  @Test
  void hasDefaultsForAnEmptyFile() throws IOException {
    assertThat(read("").database()).isEqualTo("sqlite:///" + folder + "/gen3.sqlite3");
  }

  @Test
  void takesAnotherRoot() throws IOException {
    RepositoryConfig config = read("root: /elsewhere\nregistry:\n  namespace: s\n");
    assertThat(config.root()).isEqualTo("/elsewhere");
    assertThat(config.database()).isEqualTo("sqlite:////elsewhere/gen3.sqlite3");
    assertThat(config.namespace()).isEqualTo("s");
  }

  @Test
  void readsAnyWayToNameTheFile() throws IOException {
    read("root: /r\n");
    Path file = folder.resolve("butler.yaml");
    assertThat(RepositoryConfig.read(file.toString(), Map.of()).root()).isEqualTo("/r");
    assertThat(RepositoryConfig.read(file.toUri().toString(), Map.of()).root()).isEqualTo("/r");
    assertThat(RepositoryConfig.read(folder.toUri().toString(), Map.of()).root()).isEqualTo("/r");
  }

  @Test
  void includesOtherFiles() throws IOException {
    Files.writeString(folder.resolve("registry.yaml"), "namespace: included\n");
    assertThat(read("registry: !include registry.yaml\n").namespace()).isEqualTo("included");
  }

  @Test
  void readsAFileBehindAWebServer() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/repo/butler.yaml",
        exchange -> {
          byte[] yaml =
              "registry:\n  db: postgresql://host/name\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, yaml.length);
          exchange.getResponseBody().write(yaml);
          exchange.close();
        });
    web.start();
    try {
      String url = "http://127.0.0.1:" + web.getAddress().getPort();
      RepositoryConfig config = RepositoryConfig.read(url + "/repo/", Map.of());
      assertThat(config.root()).isEqualTo(url + "/repo");
      assertThat(config.database()).isEqualTo("postgresql://host/name");
      assertThatExceptionOfType(ButlerException.Unavailable.class)
          .isThrownBy(() -> RepositoryConfig.read(url + "/elsewhere", Map.of()))
          .withMessageContaining("404");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void reportsAMissingFile() {
    assertThatExceptionOfType(ButlerException.Unavailable.class)
        .isThrownBy(() -> RepositoryConfig.read(folder.resolve("nosuch").toString(), Map.of()))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE))
        .withMessageContaining("butler.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/repo", "s3:bucket", "file://[", "a\0b"})
  void refusesOtherPlaces(String location) {
    assertThatExceptionOfType(ButlerException.class)
        .isThrownBy(() -> RepositoryConfig.read(location, Map.of()));
  }

  @Test
  void refusesAnotherClass() {
    assertRefused("cls: lsst.daf.butler.remote_butler.RemoteButler\n", "cls", "RemoteButler");
  }

  @Test
  void reportsAllFaultsAtOnce() {
    assertRefused(
        """
        cls: their.Butler
        root: 7
        registry:
          db: [1, 2]
          namespace: {a: b}
        datastore: text
        """,
        "cls",
        "root",
        "registry.db",
        "registry.namespace",
        "datastore");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry: [1]\n",
        "registry: text\n",
        "datastore: 5\n",
        "- a\n- list\n",
        "just text",
        "a: b: c\n",
        "registry: {db: !!java.net.URL ['http://localhost/']}\n",
        "a: &a [*a, *a]\nb: [*a\n",
        "registry: !include nosuch.yaml\n",
        "registry: !include butler.yaml\n",
        "\0"
      })
  void refusesABrokenFile(String yaml) {
    assertRefused(yaml, "butler.yaml");
  }

  @Test
  void refusesAHugeFile() {
    assertRefused("a: " + "x".repeat(5_000_000) + "\n", "butler.yaml", "4000000 bytes");
  }

  @Test
  void refusesADatabaseOfAnotherKind() throws IOException {
    read("registry:\n  db: oracle://user:secret@host/db\n");
    assertThatExceptionOfType(ButlerException.Invalid.class)
        .isThrownBy(() -> DirectButler.open(folder.toString(), DirectButler.Options.defaults()))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.CONFIGURATION);
              assertThat(fault.detail()).contains("oracle").doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql://host name/db", "postgresql://", "postgresql:///db%zz"})
  void refusesADatabaseUrlThatCannotBeRead(String url) {
    assertRefused("registry:\n  db: '" + url + "'\n", "registry.db");
  }
}
