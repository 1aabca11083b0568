package equerry.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteButlerTest {
  private static final String EXECUTE = FakeServer.ROOT + "v1/query/execute";
  private static final String SUMMARY = FakeServer.ROOT + "v1/collection_summary";
  private static final String EMPTY_SUMMARY =
      "{\"summary\":{\"dataset_types\":[],\"governors\":{}}}";
  private static final String PAGE =
      "{\"type\":\"data_coordinate\",\"rows\":[{\"dataId\":{\"instrument\":\"A\"},\"records\":null}]}\n";
  private static final Options QUICK =
      Options.DEFAULT.withTimes(
          Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2));

  private final FakeServer server = new FakeServer();

  @AfterEach
  void end() {
    server.close();
  }

  private RemoteButler open() {
    return RemoteButler.open(server.url(), QUICK);
  }

  private static ResultRows instruments(RemoteButler butler) {
    var group = butler.universe().group(List.of("instrument"));
    Query query =
        new Query(QueryTree.of(group, Predicate.TRUE), DataId.empty(butler.universe()), List.of());
    return butler
        .queries()
        .execute(query, new ResultSpec.DataIds(group, false, ResultSpec.Options.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/butler.yaml"})
  void opensAtTheFolderOrTheConfiguration(String ending) {
    try (RemoteButler butler =
        RemoteButler.open(URI.create(server.url() + ending), Options.DEFAULT)) {
      assertThat(butler.universe().config().version()).isEqualTo(8);
    }
  }

  @Test
  void findsTheServerWhereTheConfigurationSaysItIs() {
    server.on(
        "/elsewhere/butler.yaml",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/moved/butler.yaml");
          FakeServer.send(exchange, 302, "");
        });
    server.answer(
        "/moved/butler.yaml", 200, "{\"remote_butler\":{\"url\":\"" + server.url() + "\"}}");
    try (RemoteButler butler =
        RemoteButler.open(URI.create(server.origin() + "/elsewhere"), Options.DEFAULT)) {
      assertThat(butler.universe().config().version()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///repo", "repo", "http:", "http://host/repo?x=1"})
  void refusesWhatIsNoUrlOfAServer(String url) {
    assertThatThrownBy(
            () -> RemoteButler.open(URI.create(url.equals("http:") ? "x:y" : url), QUICK))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
  }

  @Test
  void nothingListens() {
    URI url = server.url();
    server.close();
    assertThatThrownBy(() -> RemoteButler.open(url, QUICK))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining(server.origin())
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void anotherServerAnswers() {
    server.answer(FakeServer.ROOT + "butler.yaml", 200, "<html>Please log in</html>");
    assertThatThrownBy(this::open)
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("no butler server");
  }

  @Test
  void sendsItsTokenButNotForTheConfiguration() {
    try (RemoteButler _ = RemoteButler.open(server.url(), QUICK.withToken("secret"))) {
      assertThat(server.seen(FakeServer.ROOT + "butler.yaml").getFirst().header("Authorization"))
          .isEmpty();
      assertThat(server.seen(FakeServer.ROOT + "v1/universe").getFirst().header("Authorization"))
          .isEqualTo("Bearer secret");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429})
  void asksAFullServerAgainWithTheSameId(int status) {
    AtomicInteger times = new AtomicInteger();
    server.on(
        SUMMARY,
        exchange -> {
          if (times.incrementAndGet() < 3) {
            exchange.getResponseHeaders().add("Retry-After", "0");
            FakeServer.send(exchange, status, "{\"detail\":\"full\"}");
          } else {
            FakeServer.send(exchange, 200, EMPTY_SUMMARY);
          }
        });
    try (RemoteButler butler = open()) {
      assertThat(butler.collections().loadSummary("u/some one/é").datasetTypes()).isEmpty();
      assertThat(butler.openAnswers()).isZero();
    }
    assertThat(
            server.seen(SUMMARY).stream()
                .map(request -> request.header("X-butler-client-request-id"))
                .distinct())
        .singleElement()
        .asString()
        .hasSize(36);
    assertThat(server.seen(SUMMARY)).hasSize(3);
  }

  @Test
  void waitsNoLongerThanItMay() {
    server.on(
        SUMMARY,
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "1");
          FakeServer.send(exchange, 503, "{\"detail\":\"full\"}");
        });
    try (RemoteButler butler = open()) {
      assertThatThrownBy(() -> butler.collections().loadSummary("x"))
          .isInstanceOf(ButlerException.Unavailable.class)
          .hasMessageContaining("503: full");
    }
    assertThat(server.seen(SUMMARY)).hasSizeBetween(2, 3);
  }

  @ParameterizedTest
  @CsvSource({"503, ''", "503, 'Wed, 21 Oct 2026 07:28:00 GMT'", "500, 0", "404, 0", "401, 0"})
  void repeatsNothingElse(int status, String retryAfter) {
    server.on(
        SUMMARY,
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", retryAfter);
          FakeServer.send(exchange, status, "");
        });
    try (RemoteButler butler = open()) {
      assertThatThrownBy(() -> butler.collections().loadSummary("x"))
          .isInstanceOf(ButlerException.class)
          .hasMessageContaining("status " + status);
    }
    assertThat(server.seen(SUMMARY)).hasSize(1);
  }

  /// As servers do with connections that have been idle for long.
  @Test
  void asksAgainWhenAConnectionIsClosedWithoutAWord() {
    AtomicInteger times = new AtomicInteger();
    String search = FakeServer.ROOT + "v1/query_dataset_types";
    server.on(
        search,
        exchange -> {
          if (times.incrementAndGet() == 1) {
            exchange.close();
          } else {
            FakeServer.send(exchange, 200, "{\"dataset_types\":[],\"missing\":[\"x\"]}");
          }
        });
    try (RemoteButler butler = open()) {
      assertThat(butler.datasetTypes().search(List.of("x")).missing()).containsExactly("x");
    }
    assertThat(server.seen(search)).hasSize(2);
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() {
    server.answer(SUMMARY, 200, EMPTY_SUMMARY + " ".repeat(100_000));
    try (RemoteButler butler = RemoteButler.open(server.url(), QUICK.withLimits(50_000, 100))) {
      assertThatThrownBy(() -> butler.collections().loadSummary("x"))
          .isInstanceOf(ButlerException.LimitExceeded.class)
          .hasMessageContaining("50000");
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(SUMMARY, _ -> await(end));
    try (RemoteButler butler = open()) {
      assertThatThrownBy(() -> butler.collections().loadSummary("x"))
          .isInstanceOf(ButlerException.Unavailable.class)
          .hasMessageContaining("nothing for PT1S");
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The first row is there while the server still waits, keep-alives or not.
  @Test
  void rowsComeWhileTheyAreMade() {
    CountDownLatch firstSeen = new CountDownLatch(1);
    server.on(
        EXECUTE,
        exchange -> {
          FakeServer.start(exchange, "{\"type\":\"keep-alive\"}\n" + PAGE);
          await(firstSeen);
          exchange.getResponseBody().write(PAGE.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    try (RemoteButler butler = open();
        ResultRows rows = instruments(butler)) {
      Iterator<Object[]> iterator = rows.iterator();
      assertThat(iterator.next()).containsExactly("A");
      assertThat(butler.openAnswers()).isEqualTo(1);
      firstSeen.countDown();
      assertThat(iterator.next()).containsExactly("A");
      assertThat(iterator.hasNext()).isFalse();
      assertThat(butler.openAnswers()).isZero();
    }
  }

  @Test
  void aStreamThatIsCutIsNoShortAnswer() {
    server.on(
        EXECUTE,
        exchange -> {
          FakeServer.start(exchange, PAGE);
          throw new IOException("cut");
        });
    try (RemoteButler butler = open();
        ResultRows rows = instruments(butler)) {
      Iterator<Object[]> iterator = rows.iterator();
      assertThat(iterator.next()).containsExactly("A");
      assertThatThrownBy(iterator::hasNext).isInstanceOf(ButlerException.Unavailable.class);
      assertThat(butler.openAnswers()).isZero();
    }
  }

  @Test
  void aStreamThatFallsSilentIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(
        EXECUTE,
        exchange -> {
          FakeServer.start(exchange, PAGE);
          await(end);
        });
    try (RemoteButler butler = open();
        ResultRows rows = instruments(butler)) {
      Iterator<Object[]> iterator = rows.iterator();
      iterator.next();
      assertThatThrownBy(iterator::hasNext).isInstanceOf(ButlerException.Unavailable.class);
      end.countDown();
    }
  }

  /// What a client does not read it does not take: the server's write comes to a halt.
  @Test
  void aSlowReaderSlowsTheServerAndAClosedOneEndsIt() throws InterruptedException {
    AtomicInteger pages = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    String many = PAGE.repeat(1_000);
    server.on(
        EXECUTE,
        exchange -> {
          try {
            FakeServer.start(exchange, PAGE);
            while (true) {
              exchange.getResponseBody().write(many.getBytes(StandardCharsets.UTF_8));
              pages.incrementAndGet();
            }
          } catch (IOException e) {
            ended.countDown();
          }
        });
    try (RemoteButler butler = open()) {
      try (ResultRows rows = instruments(butler)) {
        assertThat(rows.iterator().next()).containsExactly("A");
        int before;
        do {
          before = pages.get();
          Thread.sleep(300);
        } while (pages.get() > before);
        assertThat((long) pages.get() * many.length()).isLessThan(64L << 20);
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(butler.openAnswers()).isZero();
    }
  }

  @Test
  void closingTheButlerEndsItsStreams() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(
        EXECUTE,
        exchange -> {
          FakeServer.start(exchange, PAGE);
          await(end);
        });
    RemoteButler butler = RemoteButler.open(server.url(), Options.DEFAULT);
    try (ResultRows rows = instruments(butler)) {
      Iterator<Object[]> iterator = rows.iterator();
      iterator.next();
      butler.close();
      assertThatThrownBy(iterator::hasNext).isInstanceOf(ButlerException.Unavailable.class);
    }
    end.countDown();
    assertThatThrownBy(() -> butler.collections().loadSummary("x"))
        .isInstanceOf(ButlerException.Unavailable.class);
  }

  @Test
  void tokensOfThePlatformGoToThePlatformOnly() {
    Map<String, String> environment = Map.of("ACCESS_TOKEN", "platform");
    Options options = Options.DEFAULT.withEnvironment(environment);
    assertThat(credentials("https://data.lsst.cloud/x/", options)).isEqualTo("Bearer platform");
    assertThat(credentials("https://x.slac.stanford.edu/", options)).isEqualTo("Bearer platform");
    assertThat(credentials("https://lsst.cloud.example/", options)).isNull();
    assertThat(credentials("https://notlsst.cloud/", options)).isNull();
    Options explicit = Options.DEFAULT.withEnvironment(Map.of("BUTLER_RUBIN_ACCESS_TOKEN", "mine"));
    assertThat(credentials("http://localhost/", explicit)).isEqualTo("Bearer mine");
    assertThat(credentials("http://localhost/", explicit.withToken("given")))
        .isEqualTo("Bearer given");
  }

  private static @Nullable String credentials(String url, Options options) {
    return Credentials.of(URI.create(url), "rubin_science_platform", options).server();
  }

  @Test
  void tokensAreNeverShownAndNeverBroken() {
    assertThat(Options.DEFAULT.withToken("secret").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> Options.DEFAULT.withToken("se\ncret"))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageNotContaining("se\ncret");
  }
}
