package equerry.cli;

import static equerry.cli.SlowServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A request for which no connection to the database comes free is told to come again, which the
/// stock client does; one whose database is gone is not, since somebody must mend that.
@Timeout(120)
class BusyDatabaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LIMITS =
      "{\"concurrent_streams\":1,\"database_connections\":2,\"database_wait_seconds\":1}";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aRequestWaitsOnlySoLong(SlowDemo.Engine engine) throws Exception {
    try (SlowServer server = SlowServer.start(engine, folder, LIMITS)) {
      try (Socket _ = server.askAndWait(SlowServer.LOOK_UP);
          Socket _ = server.askAndWait(SlowServer.LOOK_UP)) {
        await(() -> server.hasBusyConnections(2), SOON);
        expectBusy(server, SlowServer.OTHER_LOOK_UP);
        expectBusy(server, SlowServer.SEARCH);
      }
      await(() -> server.hasBusyConnections(0), SOON);
      assertThat(server.ask(SlowServer.OTHER_LOOK_UP).statusCode()).isEqualTo(200);
    }
  }

  private static void expectBusy(SlowServer server, SlowServer.Question question) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> refused = server.ask(question);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(refused.body()).contains("All connections to the database", "are in use");
  }

  @Test
  void nobodyIsToldToComeAgainWhenTheDatabaseIsGone() throws Exception {
    try (SlowServer server = SlowServer.start(SlowDemo.Engine.POSTGRESQL, folder, LIMITS)) {
      Objects.requireNonNull(server.demo().postgres()).close();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> failed = server.ask(SlowServer.OTHER_LOOK_UP);
        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(503);
        assertThat(failed.headers().firstValue("Retry-After")).isEmpty();
        assertThat(failed.body()).contains("cannot be reached");
      }
    }
  }
}
