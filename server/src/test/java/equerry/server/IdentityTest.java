package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.settings.Limits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Texts and statuses are those of the stock server.
class IdentityTest {
  private static final String LOCKED = "/api/butler/repo/locked/v1/universe";
  private FakeGafaelfawr gafaelfawr;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    gafaelfawr = new FakeGafaelfawr();
    server =
        TestServer.start(
            Path.of("/nonexistent"),
            settings ->
                TestServer.withGafaelfawr(settings, gafaelfawr.url())
                    .within(StreamsTest.quickLimits()));
  }

  @AfterEach
  void stop() {
    server.close();
    gafaelfawr.close();
  }

  private HttpResponse<String> as(String user, String path) {
    return server.get(path, "X-Auth-Request-User", user, "X-Auth-Request-Token", "gt-" + user);
  }

  private static void expectDetail(HttpResponse<String> response, int status, String detail) {
    assertThat(response.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void withoutAUserNothingButTheConfigurationIsTold() {
    expectDetail(
        server.get(TestServer.API + "universe"),
        403,
        "Required X-Auth-Request-User header was not provided");
    expectDetail(
        server.post(TestServer.API + "find_dataset", "{broken"),
        403,
        "Required X-Auth-Request-User header was not provided");
    assertThat(server.get("/api/butler/repo/locked/butler.yaml").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.openings).hasValue(0);
  }

  @Test
  void groupsDecide() {
    assertThat(as("bob", TestServer.API + "universe").statusCode()).isEqualTo(200);
    assertThat(gafaelfawr.questions).as("everybody needs no question").hasValue(0);
    gafaelfawr.groups = "[{\"name\":\"g_others\",\"id\":1}]";
    expectDetail(
        as("bob", LOCKED),
        403,
        "User bob does not have permission to access Butler repository 'locked'");
    gafaelfawr.groups = "[{\"name\":\"g_others\"},{\"name\":\"g_friends\"}]";
    assertThat(as("ann", LOCKED).statusCode()).isEqualTo(200);
    expectDetail(
        as("bob", "/api/butler/repo/nosuch/v1/universe"), 404, "Unknown repository 'nosuch'");
  }

  @Test
  void answersAreRememberedWhenGafaelfawrIsDown() {
    gafaelfawr.groups = "[{\"name\":\"g_friends\"}]";
    assertThat(as("ann", LOCKED).statusCode()).isEqualTo(200);
    gafaelfawr.status = 500;
    assertThat(as("ann", LOCKED).statusCode()).isEqualTo(200);
    assertThat(gafaelfawr.questions).hasValue(1);
    HttpResponse<String> unknown = as("eve", LOCKED);
    assertThat(unknown.statusCode()).isEqualTo(503);
    assertThat(unknown.headers().firstValue("Retry-After")).hasValue("5");
    gafaelfawr.close();
    assertThat(as("eve", LOCKED).body()).contains("cannot be reached");
  }

  @Test
  void aTokenThatIsRefusedIsNoPermission() {
    HttpResponse<String> response =
        server.get(LOCKED, "X-Auth-Request-User", "bob", "X-Auth-Request-Token", "nonsense");
    expectDetail(response, 403, "Gafaelfawr does not accept the token of user bob.");
    expectDetail(
        server.get(LOCKED, "X-Auth-Request-User", "bob"),
        403,
        "Required X-Auth-Request-Token header was not provided");
  }

  @Test
  void aUserRunsOnlySoManyStreams() throws InterruptedException {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    CompletableFuture<HttpResponse<String>> running =
        CompletableFuture.supplyAsync(() -> execute("ann"));
    for (int i = 0;
        i < 100 && !server.get("/metrics").body().contains("equerry_streams_running 1.0");
        i++) {
      Thread.sleep(20);
    }
    HttpResponse<String> refused = execute("ann");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    slow.close();
    running.join();
    assertThat(execute("bob").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> execute(String user) {
    return server.send(
        server
            .posting(TestServer.API + "query/execute", TestServer.EXECUTE)
            .header("X-Auth-Request-User", user)
            .header("X-Auth-Request-Token", "gt-" + user)
            .build());
  }

  @Test
  void answersAreRememberedOnlySoLong() throws Exception {
    Limits limits =
        TestLimits.with(
            Map.of("grantedFor", Duration.ofSeconds(2), "refusedFor", Duration.ofMillis(500)));
    try (TestServer quick =
        TestServer.start(
            Path.of("/nonexistent"),
            settings -> TestServer.withGafaelfawr(settings, gafaelfawr.url()).within(limits))) {
      gafaelfawr.groups = "[]";
      assertThat(status(quick)).isEqualTo(403);
      gafaelfawr.groups = "[{\"name\":\"g_friends\"}]";
      assertThat(status(quick)).as("the refusal is remembered").isEqualTo(403);
      Thread.sleep(600);
      assertThat(status(quick)).isEqualTo(200);
      gafaelfawr.groups = "[]";
      Thread.sleep(600);
      assertThat(status(quick)).as("the grant is remembered for longer").isEqualTo(200);
      Thread.sleep(1_600);
      assertThat(status(quick)).isEqualTo(403);
    }
  }

  private static int status(TestServer server) {
    return server
        .get(LOCKED, "X-Auth-Request-User", "ann", "X-Auth-Request-Token", "gt-ann")
        .statusCode();
  }
}
