package equerry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.EquerryServer;
import equerry.server.settings.CommandLine;
import equerry.server.settings.ServerSettings;
import equerry.server.settings.SettingsReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A statement that nobody waits for any more ends, in the database too, within a second.
@Timeout(120)
class CancellationTest {
  private static final int CONNECTIONS = 3;

  /// A second, and two for a machine that is busy.
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final String LOOK_UP =
      "{\"dataset_type\":\"visit_summary\",\"data_id\":{\"instrument\":\"LarkCam\",\"visit\":2026031500004},"
          + "\"collections\":[\"meadow/latest\"]}";
  private static final String OTHER_LOOK_UP =
      "{\"dataset_type\":\"survey_description\",\"data_id\":{},"
          + "\"collections\":[\"meadow/latest\"]}";
  private static final String SEARCH =
      "{\"collections\":[\"meadow/latest\"],\"name\":[\"visit_summary\"],\"find_first\":false}";
  private static final String API = "/api/butler/repo/demo/v1/";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @AfterAll
  static void endClient() {
    CLIENT.close();
  }

  /// What a slow request asks for.
  enum Work {
    LOOK_UP("find_dataset", CancellationTest.LOOK_UP),
    STREAM("query/all_datasets", SEARCH);

    private final String endpoint;
    private final String body;

    Work(String endpoint, String body) {
      this.endpoint = endpoint;
      this.body = body;
    }
  }

  private EquerryServer serve(SlowDemo demo) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("server.json"),
            "{\"port\":0,\"limits\":{\"request_seconds\":2,\"concurrent_streams\":1,"
                + "\"database_connections\":%d}}".formatted(CONNECTIONS));
    SettingsReader.Outcome outcome =
        SettingsReader.read(
            CommandLine.EMPTY.serving(List.of("demo=" + demo.root())).reading(config), Map.of());
    assertThat(outcome).isInstanceOf(SettingsReader.Outcome.Usable.class);
    ServerSettings settings = ((SettingsReader.Outcome.Usable) outcome).settings();
    return EquerryServer.start(settings, DirectRepositories.opener(settings));
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheClientLeavesALookUp(SlowDemo.Engine engine) throws Exception {
    endsWhenTheClientLeaves(engine, Work.LOOK_UP);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheClientLeavesAStream(SlowDemo.Engine engine) throws Exception {
    endsWhenTheClientLeaves(engine, Work.STREAM);
  }

  private void endsWhenTheClientLeaves(SlowDemo.Engine engine, Work work) throws Exception {
    try (SlowDemo demo = SlowDemo.make(engine, folder);
        EquerryServer server = serve(demo)) {
      warmUp(server);
      demo.neverAnswer();
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write(request(work).getBytes(StandardCharsets.UTF_8));
        await(() -> isRunning(server, demo), Duration.ofSeconds(20));
      }
      expectTheEnd(server, demo);
    }
  }

  /// The first requests open the repository, which may take longer than a request may.
  private static void warmUp(EquerryServer server) throws Exception {
    await(() -> status(server, Work.LOOK_UP) == 200, Duration.ofSeconds(60));
  }

  private static String request(Work work) {
    return "POST %s%s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(API, work.endpoint, work.body.length(), work.body);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenALookUpTakesTooLong(SlowDemo.Engine engine) throws Exception {
    try (SlowDemo demo = SlowDemo.make(engine, folder);
        EquerryServer server = serve(demo)) {
      warmUp(server);
      demo.neverAnswer();
      HttpResponse<String> late = post(server, Work.LOOK_UP.endpoint, Work.LOOK_UP.body);
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).contains("longer than the 2 s");
      expectTheEnd(server, demo);
    }
  }

  @Test
  void onlySoManyConnectionsAreUsed() throws Exception {
    try (SlowDemo demo = SlowDemo.make(SlowDemo.Engine.POSTGRESQL, folder);
        EquerryServer server = serve(demo)) {
      warmUp(server);
      demo.neverAnswer();
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS + 2; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> status(server, Work.LOOK_UP), Thread.ofVirtual()::start));
      }
      await(() -> demo.runningStatements() == CONNECTIONS, SOON);
      assertThat(metrics(server))
          .contains("equerry_database_connections_busy %d.0\n".formatted(CONNECTIONS));
      for (CompletableFuture<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(503);
      }
      expectTheEnd(server, demo);
    }
  }

  private static int status(EquerryServer server, Work work) {
    try {
      return post(server, work.endpoint, work.body).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void expectTheEnd(EquerryServer server, SlowDemo demo) throws Exception {
    await(() -> !isRunning(server, demo) && !isBusy(server), SOON);
    HttpResponse<String> next = post(server, "find_dataset", OTHER_LOOK_UP);
    assertThat(next.statusCode()).as("the next request: %s", next.body()).isEqualTo(200);
  }

  private static void await(Callable<Boolean> condition, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    boolean met = condition.call();
    while (!met && System.nanoTime() < end) {
      Thread.sleep(20);
      met = condition.call();
    }
    assertThat(met).as("within %s", time).isTrue();
  }

  private static boolean isBusy(EquerryServer server) throws Exception {
    return !metrics(server).contains("equerry_database_connections_busy 0.0\n");
  }

  private static String metrics(EquerryServer server) throws Exception {
    return send(server, "/metrics", HttpRequest.newBuilder()).body();
  }

  private static boolean isRunning(EquerryServer server, SlowDemo demo) throws Exception {
    return demo.postgres() == null ? isBusy(server) : demo.runningStatements() > 0;
  }

  private static HttpResponse<String> post(EquerryServer server, String endpoint, String body)
      throws Exception {
    return send(
        server,
        API + endpoint,
        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(
      EquerryServer server, String path, HttpRequest.Builder request) throws Exception {
    return CLIENT.send(
        request.uri(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
