package equerry.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final String REPOSITORIES =
      "{\"dp1\":{\"config_uri\":\"/data/dp1/butler.yaml\",\"authorized_groups\":[\"g_users\"]}}";
  @TempDir Path directory;

  private static ServerSettings usable(CommandLine line, Map<String, String> environment) {
    SettingsReader.Outcome outcome = SettingsReader.read(line, environment);
    assertThat(outcome).isInstanceOf(SettingsReader.Outcome.Usable.class);
    return ((SettingsReader.Outcome.Usable) outcome).settings();
  }

  private static List<String> faults(CommandLine line, Map<String, String> environment) {
    SettingsReader.Outcome outcome = SettingsReader.read(line, environment);
    assertThat(outcome).isInstanceOf(SettingsReader.Outcome.Faulty.class);
    return ((SettingsReader.Outcome.Faulty) outcome).faults();
  }

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("settings.json"), json);
  }

  @Test
  void argumentsNameRepositories() {
    ServerSettings settings =
        usable(
            CommandLine.EMPTY.serving(List.of("/data/dp1", "/data/dp2/butler.yaml", "x=/y=z")),
            Map.of());
    assertThat(settings.repositories())
        .extracting(RepositorySettings::label)
        .containsExactly("dp1", "dp2", "x");
    assertThat(settings.repositories().getLast().configUri()).isEqualTo("/y=z");
    assertThat(settings.repositories().getFirst().authorizedGroups()).containsExactly("*");
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.gafaelfawr()).isEmpty();
  }

  @Test
  void theEnvironmentOfTheStockServerIsRead() {
    ServerSettings settings =
        usable(
            CommandLine.EMPTY.listeningOn("0.0.0.0"),
            Map.of(
                "DAF_BUTLER_SERVER_REPOSITORIES", REPOSITORIES,
                "DAF_BUTLER_SERVER_GAFAELFAWR_URL", "https://data.example.org/auth",
                "DAF_BUTLER_SERVER_AUTHENTICATION", "cadc",
                "DAF_BUTLER_SERVER_STATIC_FILES_PATH", directory.toString(),
                "PGUSER", "butler"));
    assertThat(settings.repositories())
        .containsExactly(new RepositorySettings("dp1", "/data/dp1/butler.yaml", Set.of("g_users")));
    assertThat(settings.gafaelfawr()).contains(URI.create("https://data.example.org/auth"));
    assertThat(settings.authentication()).isEqualTo(Authentication.CADC);
    assertThat(settings.staticFiles()).contains(directory);
    assertThat(settings.environment()).containsEntry("PGUSER", "butler");
  }

  @Test
  void aFileGoesBeforeTheEnvironment() throws IOException {
    Path file =
        file(
            "{\"host\":\"127.0.0.1\",\"port\":1234,\"repositories\":"
                + REPOSITORIES.replace("dp1", "dp2")
                + ",\"gafaelfawr_url\":\"DISABLED\",\"authentication\":\"rubin_science_platform\","
                + "\"static_files_path\":null,\"limits\":{\"concurrent_streams\":7,"
                + "\"keep_alive_seconds\":3}}");
    ServerSettings settings =
        usable(
            CommandLine.EMPTY.reading(file),
            Map.of(
                "DAF_BUTLER_SERVER_REPOSITORIES",
                REPOSITORIES,
                "DAF_BUTLER_SERVER_GAFAELFAWR_URL",
                "DISABLED"));
    assertThat(settings.port()).isEqualTo(1234);
    assertThat(settings.repositories())
        .extracting(RepositorySettings::label)
        .containsExactly("dp2");
    assertThat(settings.limits().streams()).isEqualTo(7);
    assertThat(settings.limits().keepAliveInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.limits().idsPerRequest()).isEqualTo(Limits.DEFAULT.idsPerRequest());
  }

  @Test
  void allFaultsAreReportedAtOnce() throws IOException {
    Path file =
        file(
            "{\"prot\":1,\"port\":70000,\"repositories\":{\"a\":{\"config_uri\":\"x\",\"group\":[]},"
                + "\"b\":3},\"authentication\":\"oidc\",\"static_files_path\":\"/nonexistent\","
                + "\"gafaelfawr_url\":\"ftp://x\",\"limits\":{\"concurent_streams\":1,"
                + "\"upload_rows\":\"many\"}}");
    assertThat(
            faults(CommandLine.EMPTY.reading(file), Map.of("DAF_BUTLER_SERVER_REPOSITORY", "typo")))
        .anyMatch(fault -> fault.startsWith("prot is not known"))
        .anyMatch(fault -> fault.startsWith("port must be"))
        .anyMatch(fault -> fault.startsWith("repositories.a.group is not known"))
        .anyMatch(
            fault -> fault.startsWith("repositories.a needs config_uri and authorized_groups"))
        .anyMatch(fault -> fault.startsWith("repositories.b must be an object"))
        .anyMatch(fault -> fault.startsWith("authentication must be one of"))
        .anyMatch(fault -> fault.startsWith("static_files_path must be a directory"))
        .anyMatch(fault -> fault.startsWith("gafaelfawr_url must be an http"))
        .anyMatch(fault -> fault.startsWith("limits.concurent_streams is no limit"))
        .anyMatch(fault -> fault.startsWith("limits.upload_rows must be a whole number"))
        .anyMatch(fault -> fault.startsWith("DAF_BUTLER_SERVER_repository is not known"))
        .hasSize(11);
  }

  @Test
  void aServerWithoutLoginsStaysOnItsMachineUnlessToldOtherwise() {
    CommandLine open = CommandLine.EMPTY.serving(List.of("/r")).listeningOn("0.0.0.0");
    assertThat(faults(open, Map.of())).singleElement().asString().contains("--allow-anonymous");
    CommandLine allowed =
        new CommandLine(
            open.repositories(),
            open.configFile(),
            open.host(),
            open.port(),
            open.opening(),
            CommandLine.Anonymous.EVERYBODY,
            open.signingKeys(),
            open.outsideFiles());
    assertThat(usable(allowed, Map.of()).host()).isEqualTo("0.0.0.0");
  }

  @Test
  void nothingToServeIsAFault() throws IOException {
    assertThat(faults(CommandLine.EMPTY, Map.of()))
        .singleElement()
        .asString()
        .contains("no repository");
    assertThat(faults(CommandLine.EMPTY.serving(List.of("a=/x", "a=/y", "b=")), Map.of()))
        .hasSize(2);
    assertThat(faults(CommandLine.EMPTY.reading(file("[")), Map.of()))
        .anyMatch(fault -> fault.endsWith("is not a JSON object"));
    assertThat(faults(CommandLine.EMPTY.reading(Path.of("/nonexistent.json")), Map.of()))
        .anyMatch(fault -> fault.endsWith("cannot be read"));
  }

  @Test
  void everyLimitHasAName() {
    assertThat(LimitNames.all()).hasSize(Limits.class.getRecordComponents().length);
  }

  @Test
  void limitsThatContradictEachOtherAreFaults() throws IOException {
    Path file =
        file(
            "{\"limits\":{\"body_bytes\":5000000,\"total_body_bytes\":4000000,"
                + "\"concurrent_streams\":40}}");
    assertThat(faults(CommandLine.EMPTY.serving(List.of("/r")).reading(file), Map.of()))
        .containsExactlyInAnyOrder(
            "limits.total_body_bytes (4000000) must be no less than limits.body_bytes (5000000)",
            "limits.database_connections (32) must be more than limits.concurrent_streams (40)");
  }

  @Test
  void placesAreLookedAt() throws IOException {
    Path broken = Files.writeString(directory.resolve("keys"), "short\n");
    Path file =
        file(
            "{\"signing_key_file\":\"%s\",\"servable_directories\":[\"%s\",\"/nonexistent/a\"],"
                    .formatted(broken, directory)
                + "\"static_files_path\":\"a\\u0000b\"}");
    CommandLine line =
        new CommandLine(
            List.of("ftp://example.org/repo", "ok=s3://bucket/repo", "/data/a:b"),
            Optional.of(file),
            Optional.empty(),
            Optional.empty(),
            ServerSettings.Opening.LAZY,
            CommandLine.Anonymous.THIS_MACHINE_ONLY,
            Optional.empty(),
            List.of(Path.of("/nonexistent/b")));
    assertThat(faults(line, Map.of()))
        .anyMatch(fault -> fault.startsWith("signing_key_file " + broken + ": "))
        .anyMatch(fault -> fault.contains("must be a directory, which /nonexistent/a is not"))
        .anyMatch(fault -> fault.contains("must be a directory, which /nonexistent/b is not"))
        .anyMatch(fault -> fault.startsWith("static_files_path must be a path"))
        .anyMatch(fault -> fault.startsWith("repo: a repository is named by a path or by a URI of"))
        .hasSize(5);
  }

  @Test
  void directoriesOfTheCommandLineAndOfTheFileAreServed(@TempDir Path other) throws IOException {
    Path file = file("{\"servable_directories\":[\"%s\"]}".formatted(directory));
    CommandLine line =
        new CommandLine(
            List.of("/r"),
            Optional.of(file),
            Optional.empty(),
            Optional.empty(),
            ServerSettings.Opening.LAZY,
            CommandLine.Anonymous.THIS_MACHINE_ONLY,
            Optional.of(directory.resolve("new-keys")),
            List.of(other));
    assertThat(usable(line, Map.of()).outsideFiles()).containsExactly(other, directory);
    assertThat(directory.resolve("new-keys")).as("made at the start only").doesNotExist();
  }

  @Test
  void whereGafaelfawrIsMustBeAUrl() {
    for (String url :
        List.of("https://a b", "gafaelfawr", "https:///x", "https://u:p@h/", "https://h/?a=b")) {
      assertThat(
              faults(
                  CommandLine.EMPTY.serving(List.of("/r")).listeningOn("0.0.0.0"),
                  Map.of("DAF_BUTLER_SERVER_GAFAELFAWR_URL", url)))
          .singleElement()
          .asString()
          .startsWith("gafaelfawr_url must be an http or https URL");
    }
  }
}
