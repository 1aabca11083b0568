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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// A server of a [SlowDemo], and requests to it.
record SlowServer(SlowDemo demo, EquerryServer server, HttpClient client) implements AutoCloseable {
  /// Reads the table that can be made slow.
  static final Question LOOK_UP =
      new Question(
          "find_dataset",
          "{\"dataset_type\":\"visit_summary\",\"data_id\":{\"instrument\":\"LarkCam\",\"visit\":2026031500004},"
              + "\"collections\":[\"meadow/latest\"]}");

  /// Reads it as well, as a stream.
  static final Question SEARCH =
      new Question(
          "query/all_datasets",
          "{\"collections\":[\"meadow/latest\"],\"name\":[\"visit_summary\"],\"find_first\":false}");

  /// Does not read it.
  static final Question OTHER_LOOK_UP =
      new Question(
          "find_dataset",
          "{\"dataset_type\":\"survey_description\",\"data_id\":{},"
              + "\"collections\":[\"meadow/latest\"]}");

  private static final String API = "/api/butler/repo/demo/v1/";

  /// A request.
  ///
  /// @param endpoint where it goes
  /// @param body its JSON
  record Question(String endpoint, String body) {
    private byte[] bytes() {
      return "POST %s%s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(API, endpoint, body.length(), body)
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /// Starts one whose repository is open, and makes the repository slow.
  ///
  /// @param limits of the configuration file, as JSON
  static SlowServer start(SlowDemo.Engine engine, Path folder, String limits) throws Exception {
    SlowDemo demo = SlowDemo.make(engine, folder);
    SlowServer slow =
        new SlowServer(
            demo,
            serve(demo, folder, limits),
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    // The first requests open the repository, which may take longer than a request may.
    await(() -> slow.ask(LOOK_UP).statusCode() == 200, Duration.ofSeconds(60));
    demo.neverAnswer();
    return slow;
  }

  private static EquerryServer serve(SlowDemo demo, Path folder, String limits) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("server.json"), "{\"port\":0,\"limits\":%s}".formatted(limits));
    SettingsReader.Outcome outcome =
        SettingsReader.read(
            CommandLine.EMPTY.serving(List.of("demo=" + demo.root())).reading(config), Map.of());
    assertThat(outcome).isInstanceOf(SettingsReader.Outcome.Usable.class);
    ServerSettings settings = ((SettingsReader.Outcome.Usable) outcome).settings();
    return EquerryServer.start(settings, DirectRepositories.opener(settings));
  }

  HttpResponse<String> ask(Question question) throws IOException, InterruptedException {
    return send(
        API + question.endpoint(),
        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(question.body())));
  }

  /// The connection of a client that has asked and does not read.
  Socket askAndWait(Question question) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.getOutputStream().write(question.bytes());
    return socket;
  }

  private HttpResponse<String> send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.uri(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Whether so many connections to the database are in use.
  boolean hasBusyConnections(int count) throws IOException, InterruptedException {
    return send("/metrics", HttpRequest.newBuilder())
        .body()
        .contains("equerry_database_connections_busy %d.0\n".formatted(count));
  }

  /// How many statements run, as PostgreSQL tells it; for SQLite, how many connections are in use.
  boolean isRunning(int count) throws Exception {
    return demo.postgres() == null ? hasBusyConnections(count) : demo.runningStatements() == count;
  }

  static void await(Callable<Boolean> condition, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    boolean met = condition.call();
    while (!met && System.nanoTime() < end) {
      Thread.sleep(20);
      met = condition.call();
    }
    assertThat(met).as("within %s", time).isTrue();
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    demo.close();
  }
}
