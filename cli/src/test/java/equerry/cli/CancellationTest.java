package equerry.cli;

import static equerry.cli.SlowServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A statement that nobody waits for any more ends, in the database too, within a second.
@Timeout(120)
class CancellationTest {
  private static final int CONNECTIONS = 3;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(20);
  private static final String LIMITS =
      "{\"request_seconds\":2,\"concurrent_streams\":1,\"database_connections\":%d}"
          .formatted(CONNECTIONS);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void endsWhenTheClientLeavesALookUp(SlowDemo.Engine engine) throws Exception {
    endsWhenTheClientLeaves(engine, SlowServer.LOOK_UP);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheClientLeavesAStream(SlowDemo.Engine engine) throws Exception {
    endsWhenTheClientLeaves(engine, SlowServer.SEARCH);
  }

  private void endsWhenTheClientLeaves(SlowDemo.Engine engine, SlowServer.Question question)
      throws Exception {
    try (SlowServer server = SlowServer.start(engine, folder, LIMITS)) {
      try (Socket _ = server.askAndWait(question)) {
        await(() -> server.isRunning(1), START);
      }
      expectTheEnd(server);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenALookUpTakesTooLong(SlowDemo.Engine engine) throws Exception {
    try (SlowServer server = SlowServer.start(engine, folder, LIMITS)) {
      HttpResponse<String> late = server.ask(SlowServer.LOOK_UP);
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).contains("longer than the 2 s");
      expectTheEnd(server);
    }
  }

  @Test
  void onlySoManyConnectionsAreUsed() throws Exception {
    try (SlowServer server = SlowServer.start(SlowDemo.Engine.POSTGRESQL, folder, LIMITS)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS + 2; i++) {
        answers.add(CompletableFuture.supplyAsync(() -> status(server), Thread.ofVirtual()::start));
      }
      await(() -> server.isRunning(CONNECTIONS), START);
      assertThat(server.hasBusyConnections(CONNECTIONS)).isTrue();
      for (CompletableFuture<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(503);
      }
      expectTheEnd(server);
    }
  }

  private static int status(SlowServer server) {
    try {
      return server.ask(SlowServer.LOOK_UP).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void expectTheEnd(SlowServer server) throws Exception {
    await(() -> server.isRunning(0) && server.hasBusyConnections(0), SOON);
    HttpResponse<String> next = server.ask(SlowServer.OTHER_LOOK_UP);
    assertThat(next.statusCode()).as("the next request: %s", next.body()).isEqualTo(200);
  }
}
