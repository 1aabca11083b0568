package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.datastore.FileStore;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SignedTarget;
import equerry.datastore.local.SigningKeys;
import equerry.datastore.location.ResourceUri;
import equerry.server.settings.Limits;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LimitsTest {
  private static TestServer serverWith(String limit, Object value) throws IOException {
    return TestServer.start(TestLimits.with(Map.of(limit, value)));
  }

  @Test
  void aRequestMayTakeOnlySoLong() throws IOException {
    try (TestServer server = serverWith("requestTime", Duration.ofMillis(500))) {
      HttpResponse<String> response =
          server.post(TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("slow"));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("took longer than");
      assertThat(server.get(TestServer.API + "universe").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlySoManyRequestsAreWorkedOnAtOnce() throws Exception {
    Limits limits = TestLimits.with(Map.of("requests", 1, "requestTime", Duration.ofMillis(1_500)));
    try (TestServer server = TestServer.start(limits)) {
      CompletableFuture<HttpResponse<String>> slow =
          CompletableFuture.supplyAsync(
              () ->
                  server.post(
                      TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("slow")));
      Thread.sleep(300);
      HttpResponse<String> refused = server.get(TestServer.API + "universe");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(server.get("/health/ready").statusCode()).as("probes").isEqualTo(200);
      slow.join();
      assertThat(server.get(TestServer.API + "universe").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aConnectionMayBeSilentOnlySoLong() throws IOException {
    try (TestServer server = serverWith("idleTime", Duration.ofMillis(600))) {
      assertThat(endOf(server, "")).as("before a request").isEmpty();
      assertThat(endOf(server, "GET / HT")).as("within a first line").isEmpty();
      assertThat(endOf(server, POST.formatted(100) + "{"))
          .as("within a body")
          .startsWith("HTTP/1.1 400")
          .contains("could not be read to its end");
      assertThat(endOf(server, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"))
          .as("after an answer")
          .endsWith("{\"detail\":\"alive\"}");
    }
  }

  /// All that the server sends until it ends the connection.
  private static String endOf(TestServer server, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final String POST =
      "POST " + TestServer.API + "find_dataset HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n";

  @Test
  void onlySoMuchOfARefusedBodyIsRead() throws IOException {
    Limits limits = TestLimits.with(Map.of("bodyBytes", 2_000, "discardBytes", 100_000L));
    try (TestServer server = TestServer.start(limits)) {
      String part = "x".repeat(200_000);
      assertThat(endOf(server, POST.formatted(10_000_000) + part))
          .as("most of the body is never sent")
          .startsWith("HTTP/1.1 413")
          .contains("larger than the 2000 bytes allowed");
    }
  }

  @Test
  void textsMayBeOnlySoLong() throws IOException {
    try (TestServer server = serverWith("stringLength", 1_000)) {
      String longName = TestServer.LOOKUP.formatted("x".repeat(1_001));
      HttpResponse<String> refused = server.post(TestServer.API + "find_dataset", longName);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("1000");
      String name = TestServer.LOOKUP.formatted("x".repeat(1_000));
      assertThat(server.post(TestServer.API + "find_dataset", name).body())
          .contains("missing_dataset_type");
    }
  }

  @Test
  void uploadsMayHaveOnlySoManyRows() throws IOException {
    String key = "964fc2d3-0000-4000-8000-000000000000";
    String query =
        TestServer.EXECUTE
            .replace(
                "'predicate'",
                "'data_coordinate_uploads':{'" + key + "':['instrument']},'predicate'")
            .replace(
                "'additional_query_inputs':[]",
                "'additional_query_inputs':[{'type':'upload','key':'"
                    + key
                    + "','dimensions':['instrument'],'rows':[['a'],['b'],['c']]}]");
    try (TestServer server = serverWith("uploadRows", 2)) {
      assertThat(server.post(TestServer.API + "query/execute", query).body())
          .contains("invalid_query")
          .contains("Uploaded data coordinate rows exceed limit of 2");
    }
    try (TestServer server = serverWith("uploadRows", 3)) {
      assertThat(server.post(TestServer.API + "query/execute", query).body()).isEmpty();
    }
  }

  @Test
  void aRepositoryThatCannotBeOpenedIsTriedAgainAfterAWhile() throws Exception {
    try (TestServer server = serverWith("openRetry", Duration.ofMillis(700))) {
      String broken = "/api/butler/repo/broken/v1/universe";
      for (int i = 0; i < 5; i++) {
        assertThat(server.get(broken).statusCode()).isBetween(400, 599);
      }
      assertThat(server.openings).hasValue(1);
      Thread.sleep(800);
      server.get(broken);
      assertThat(server.openings).hasValue(2);
    }
  }

  @Test
  void linksWorkOnlySoLong(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("a"), "hello");
    Path keys = root.resolve("keys");
    Limits limits = TestLimits.with(Map.of("linkLifetime", Duration.ofMinutes(10)));
    try (TestServer server =
        TestServer.start(root, s -> TestServer.withSigningKeys(s, keys).within(limits))) {
      Instant now = Instant.now();
      String link = server.get(TestServer.API + "get_file/" + FakeButler.ID).body();
      long expiry = Long.parseLong(link.replaceAll("(?s).*/api/butler/files/(\\d+)\\..*", "$1"));
      assertThat(Instant.ofEpochSecond(expiry))
          .isBetween(now.plusSeconds(595), now.plusSeconds(905));

      String expired = pathMadeAt(now.minusSeconds(1_000), limits, root);
      HttpResponse<String> refused = server.get(expired);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("This link has expired");
      assertThat(server.get(pathMadeAt(now, limits, root)).body()).isEqualTo("hello");
    }
  }

  private static String pathMadeAt(Instant time, Limits limits, Path root) {
    FileStore store =
        FileStore.of(FakeButler.STORE, "records", ResourceUri.ofLocalPath(root + "/", ""));
    return new SignedPaths(
            SigningKeys.loadOrCreate(root.resolve("keys")),
            new LinkLifetime(limits.linkLifetime(), Duration.ofMinutes(5)),
            Clock.fixed(time, ZoneOffset.UTC))
        .pathFor(new SignedTarget.InStore("test", store.tag(), "a"));
  }
}
