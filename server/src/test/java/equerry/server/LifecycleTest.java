package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.settings.Limits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {
  private static void awaitMetric(TestServer server, String line) throws InterruptedException {
    for (int i = 0; i < 200 && !server.get("/metrics").body().contains(line); i++) {
      Thread.sleep(20);
    }
  }

  @Test
  void runningStreamsEndAndNothingNewBegins() throws Exception {
    TestServer server = TestServer.start(StreamsTest.quickLimits());
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    CompletableFuture<HttpResponse<String>> running =
        CompletableFuture.supplyAsync(
            () -> server.post(TestServer.API + "query/execute", TestServer.EXECUTE));
    awaitMetric(server, "equerry_streams_running 1.0");
    Thread closing = Thread.ofVirtual().start(server.server::close);
    Thread.sleep(100);

    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = server.get(TestServer.API + "universe");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Connection")).hasValue("close");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(running).isNotDone();
    slow.close();
    assertThat(running.join().statusCode()).isEqualTo(200);
    closing.join();
    assertThat(server.butler.closed).as("repositories are closed").hasPositiveValue();
    server.close();
  }

  @Test
  void anEndThatIsNotReachedIsCutOff() throws Exception {
    Limits limits = TestLimits.with(Map.of("drainTime", Duration.ofMillis(300)));
    TestServer server = TestServer.start(limits);
    server.butler.rows = FakeRows::never;
    CompletableFuture<HttpResponse<String>> running =
        CompletableFuture.supplyAsync(
            () -> server.post(TestServer.API + "query/execute", TestServer.EXECUTE));
    awaitMetric(server, "equerry_streams_running 1.0");
    long start = System.nanoTime();
    server.server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(running.join().statusCode()).as("nothing was sent yet").isEqualTo(503);
    server.close();
  }

  @Test
  void repositoriesAreOpenedAtTheStartWhenAsked() throws IOException {
    try (TestServer server =
        TestServer.start(
            java.nio.file.Path.of("/nonexistent"),
            s ->
                new equerry.server.settings.ServerSettings(
                    s.host(),
                    s.port(),
                    s.repositories(),
                    s.gafaelfawr(),
                    s.authentication(),
                    s.staticFiles(),
                    equerry.server.settings.ServerSettings.Opening.EAGER,
                    s.limits(),
                    s.signingKeys(),
                    List.of(),
                    s.environment()))) {
      assertThat(server.openings).as("the broken one, too").hasValue(4);
    }
  }
}
