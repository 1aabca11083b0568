package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.settings.Limits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimitsTest {
  static Limits withDrain(Limits d, Duration drain) {
    return with(d, d.requests(), d.requestTime(), drain);
  }

  private static Limits with(Limits d, int requests, Duration requestTime, Duration drain) {
    return new Limits(
        requests,
        d.streams(),
        d.streamsPerUser(),
        d.bodyBytes(),
        d.discardBytes(),
        d.headerBytes(),
        d.nestingDepth(),
        d.stringLength(),
        d.uploadRows(),
        d.idsPerRequest(),
        requestTime,
        d.keepAliveInterval(),
        d.idleTime(),
        drain,
        d.linkLifetime(),
        d.grantedFor(),
        d.refusedFor(),
        d.openRetry());
  }

  @Test
  void aRequestMayTakeOnlySoLong() throws IOException {
    Limits limits = with(Limits.DEFAULT, 10, Duration.ofMillis(500), Duration.ofSeconds(1));
    try (TestServer server = TestServer.start(limits)) {
      HttpResponse<String> response =
          server.post(TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("slow"));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("took longer than");
      assertThat(server.get(TestServer.API + "universe").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlySoManyRequestsAreWorkedOnAtOnce() throws Exception {
    Limits limits = with(Limits.DEFAULT, 1, Duration.ofMillis(1_500), Duration.ofSeconds(1));
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
}
