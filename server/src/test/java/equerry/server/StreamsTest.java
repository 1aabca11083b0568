package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultStream;
import equerry.server.settings.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamsTest {
  private static final String EXECUTE = TestServer.API + "query/execute";

  static final Map<String, Object> QUICK =
      Map.of(
          "streams",
          2,
          "streamWait",
          Duration.ofMillis(300),
          "streamsPerUser",
          1,
          "keepAliveInterval",
          Duration.ofMillis(700),
          "drainTime",
          Duration.ofSeconds(5));

  private TestServer server;

  static Limits quickLimits() {
    return TestLimits.with(QUICK);
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(quickLimits());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<Object[]> rows(int count) {
    return LongStream.range(0, count).mapToObj(FakeRows::row).toList();
  }

  @Test
  void noRowsAreAnEmptyBody() {
    HttpResponse<String> response = server.post(EXECUTE, TestServer.EXECUTE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/jsonlines");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
  }

  @Test
  void rowsComeInPages() {
    FakeRows answer = new FakeRows(rows(4_500));
    server.butler.rows = () -> answer;

    List<String> lines = server.post(EXECUTE, TestServer.EXECUTE).body().lines().toList();

    assertThat(lines)
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(l -> l.startsWith("{\"type\":\"dataset_ref\",\"rows\":[{\"id\""));
    assertThat(String.join("", lines).split("\"run/1\"", -1)).hasSize(4_501);
    assertThat(answer.closed.getCount()).isZero();
  }

  @Test
  void errorsOfTheQueryAreTheLastLine() {
    server.butler.rows =
        () -> {
          throw new ButlerException.NotFound(
              ErrorCode.MISSING_COLLECTION, "No collection with name 'nosuch' found.");
        };
    HttpResponse<String> response = server.post(EXECUTE, TestServer.EXECUTE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            TestServer.json(
                    "{'type':'error','error':{'error_type':'missing_collection','detail':'No"
                        + " collection with name #nosuch# found.'}}\n")
                .replace('#', '\''));
  }

  @Test
  void errorsAfterRowsFollowThem() {
    server.butler.rows =
        () ->
            FakeRows.failing(
                3_000, new ButlerException.Invalid(ErrorCode.CALIBRATION_LOOKUP, "Ambiguous."));
    List<String> lines = server.post(EXECUTE, TestServer.EXECUTE).body().lines().toList();
    assertThat(lines.getFirst()).startsWith("{\"type\":\"dataset_ref\"");
    assertThat(lines.getLast()).contains("\"calibration_lookup\"");
  }

  @Test
  void namesThatDoNotExistInTheRequestAreErrorsOfTheQuery() {
    String body = TestServer.EXECUTE.replace("detector", "planet");
    HttpResponse<String> response = server.post(EXECUTE, body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("{\"type\":\"error\"").contains("dimension_name");
    assertThat(server.post(EXECUTE, "{}").statusCode()).isEqualTo(422);
  }

  @Test
  void anUnexpectedFailureCutsTheStream() {
    server.butler.rows = () -> FakeRows.failing(300_000, new IllegalStateException("a bug"));
    assertThatThrownBy(() -> server.post(EXECUTE, TestServer.EXECUTE))
        .hasRootCauseInstanceOf(IOException.class);
    server.butler.rows = () -> FakeRows.failing(0, new IllegalStateException("a bug"));
    HttpResponse<String> early = server.post(EXECUTE, TestServer.EXECUTE);
    assertThat(early.statusCode()).as("nothing was sent yet").isEqualTo(500);
    assertThat(early.body()).doesNotContain("a bug");
  }

  @Test
  void searchesOfManyTypesHaveAPageForEach() {
    FakeRows first = new FakeRows(rows(2));
    FakeRows second = new FakeRows(rows(1));
    server.butler.types =
        () ->
            new ResultStream<>() {
              @Override
              public Iterator<ResultRows> iterator() {
                return List.<ResultRows>of(first, second).iterator();
              }

              @Override
              public void close() {}
            };
    List<String> lines =
        server
            .post(TestServer.API + "query/all_datasets", TestServer.ALL_DATASETS)
            .body()
            .lines()
            .toList();
    assertThat(lines).hasSize(2);
    assertThat(first.closed.getCount() + second.closed.getCount()).isZero();
  }

  @Test
  void aStreamThatWaitsIsKeptAlive() throws IOException {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    try (Socket socket = server.open(EXECUTE, TestServer.EXECUTE)) {
      socket.setSoTimeout(10_000);
      String first = readUntil(socket.getInputStream(), "keep-alive\"}\n");
      assertThat(first).startsWith("HTTP/1.1 200").contains("{\"type\":\"keep-alive\"}\n");
      long start = System.nanoTime();
      readUntil(socket.getInputStream(), "keep-alive\"}\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(400), Duration.ofMillis(2_000));
      slow.close();
      assertThat(readUntil(socket.getInputStream(), "\r\n0\r\n\r\n")).isNotNull();
    }
  }

  @Test
  void aPageIsSentWhileTheNextIsWaitedFor() throws IOException {
    FakeRows never = FakeRows.never();
    server.butler.rows =
        () ->
            new FakeRows(
                () ->
                    new Iterator<>() {
                      private int left = 2_000;

                      @Override
                      public boolean hasNext() {
                        return left > 0 || never.iterator().hasNext();
                      }

                      @Override
                      public Object[] next() {
                        return FakeRows.row(left--);
                      }
                    });
    try (Socket socket = server.open(EXECUTE, TestServer.EXECUTE)) {
      socket.setSoTimeout(5_000);
      readUntil(socket.getInputStream(), "}]}\n");
    } finally {
      never.close();
    }
  }

  @Test
  void aClientThatLeavesCancelsItsQuery() throws Exception {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    Socket socket = server.open(EXECUTE, TestServer.EXECUTE);
    Thread.sleep(300);
    socket.close();
    assertThat(slow.closed.await(1, TimeUnit.SECONDS)).isTrue();
    awaitNoStreams();
  }

  private void awaitNoStreams() throws InterruptedException {
    for (int i = 0;
        i < 50 && !server.get("/metrics").body().contains("equerry_streams_running 0.0");
        i++) {
      Thread.sleep(50);
    }
    assertThat(server.get("/metrics").body()).contains("equerry_streams_running 0.0");
  }

  @Test
  void aClientThatLeavesASlowReadIsNoticed() throws Exception {
    FakeRows endless = FakeRows.failing(Integer.MAX_VALUE, new IllegalStateException());
    server.butler.rows = () -> endless;
    Socket socket = server.open(EXECUTE, TestServer.EXECUTE);
    socket.getInputStream().readNBytes(100_000);
    socket.close();
    assertThat(endless.closed.await(2, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPipelinedRequestIsAnsweredAfterTheStream() throws Exception {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    try (Socket socket = server.open(EXECUTE, TestServer.EXECUTE)) {
      Thread.sleep(300);
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(500);
      assertThat(slow.closed.getCount()).isOne();
      slow.close();
      socket.setSoTimeout(5_000);
      assertThat(readUntil(socket.getInputStream(), "alive\"}")).contains("HTTP/1.1 200");
    }
  }

  @Test
  void onlySoManyStreamsRun() {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      running.add(CompletableFuture.supplyAsync(() -> server.post(EXECUTE, TestServer.EXECUTE)));
    }
    HttpResponse<String> refused = refusedOne();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    slow.close();
    running.forEach(CompletableFuture::join);
    server.butler.rows = () -> new FakeRows(List.of());
    assertThat(server.post(EXECUTE, TestServer.EXECUTE).statusCode()).isEqualTo(200);
  }

  @Test
  void aStreamWaitsForItsTurn() throws Exception {
    server.close();
    server =
        TestServer.start(
            TestLimits.with(Map.of("streams", 1, "streamWait", Duration.ofSeconds(20))));
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    CompletableFuture<?> running =
        CompletableFuture.supplyAsync(() -> server.post(EXECUTE, TestServer.EXECUTE));
    server.awaitStreams(1);
    server.butler.rows = () -> new FakeRows(rows(1));
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> server.post(EXECUTE, TestServer.EXECUTE));
    Thread.sleep(300);
    assertThat(waiting).isNotDone();
    slow.close();
    assertThat(waiting.join().body()).contains("dataset_ref");
    running.join();
  }

  private HttpResponse<String> refusedOne() {
    try {
      server.awaitStreams(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return server.post(EXECUTE, TestServer.EXECUTE);
  }

  private static String readUntil(InputStream in, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (!seen.substring(Math.max(0, seen.length() - text.length())).equals(text)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The answer ended after " + seen);
      }
      seen.append((char) next);
    }
    return seen.toString();
  }
}
