package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends requests and gives their answers as streams. Safe for many threads.
///
/// No redirect is followed here. A server that is full (503 or 429 with whole seconds in
/// `Retry-After`) is asked again with the same request, until the options' time is over. So is one
/// that closes a connection without a word, as servers do with connections that were idle: nothing
/// that this client asks for changes anything.
final class Transport implements AutoCloseable {
  /// How many connections in a row may turn out to be closed.
  private static final int CLOSED_CONNECTIONS = 3;

  private final HttpClient client;
  private final Options options;
  private final ScheduledThreadPoolExecutor clock;
  private final AtomicInteger open = new AtomicInteger();

  Transport(Options options) {
    this.options = options;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(options.connectTime())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("remote-butler-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /// An answer whose body is still to be read, and to be closed.
  record Answer(int status, HttpResponse<InputStream> head, InputStream body)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // Nothing more is wanted of it.
      }
    }
  }

  /// A request to a URL, with the version of HTTP that suits it: asking for a change of version on
  /// an open connection, as the library does, is more than some servers bear.
  static HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url)
        .version(
            "https".equalsIgnoreCase(url.getScheme())
                ? HttpClient.Version.HTTP_2
                : HttpClient.Version.HTTP_1_1)
        .header("User-Agent", "Equerry/" + version() + " (RemoteButler; Java)");
  }

  private static String version() {
    String version = Transport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /// How many answers are still open.
  int inUse() {
    return open.get();
  }

  /// @throws ButlerException.Unavailable when the server cannot be reached or stays silent
  Answer send(HttpRequest request) {
    long start = System.nanoTime();
    while (true) {
      Answer answer = sendOnce(request);
      OptionalLong seconds = retryAfter(answer);
      if (seconds.isEmpty() || !isInTime(start, seconds.getAsLong())) {
        return answer;
      }
      answer.close();
      sleep(request, Duration.ofSeconds(seconds.getAsLong()));
    }
  }

  private boolean isInTime(long start, long seconds) {
    long spent = System.nanoTime() - start;
    return seconds <= options.retryTime().minusNanos(spent).toSeconds();
  }

  private static OptionalLong retryAfter(Answer answer) {
    String text = answer.head().headers().firstValue("Retry-After").orElse("");
    boolean full = answer.status() == 503 || answer.status() == 429;
    return full && text.matches("[0-9]{1,6}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private Answer sendOnce(HttpRequest request) {
    for (int closed = 1; ; closed++) {
      CompletableFuture<HttpResponse<InputStream>> coming =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
      try {
        return answer(coming.get(options.silence().toMillis(), TimeUnit.MILLISECONDS));
      } catch (ExecutionException e) {
        if (closed == CLOSED_CONNECTIONS || !isClosedConnection(e)) {
          throw unreachable(request, reason(e), e);
        }
      } catch (TimeoutException e) {
        coming.cancel(true);
        throw unreachable(request, "it has sent nothing for " + options.silence(), e);
      } catch (InterruptedException e) {
        coming.cancel(true);
        throw interrupted(request, e);
      }
    }
  }

  private Answer answer(HttpResponse<InputStream> head) {
    open.incrementAndGet();
    return new Answer(
        head.statusCode(),
        head,
        new WatchedStream(head.body(), options.silence(), clock, open::decrementAndGet));
  }

  /// Whether a connection that had come about was of no use, rather than none came about.
  private boolean isClosedConnection(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof IOException
        && !(cause instanceof ConnectException || cause instanceof HttpTimeoutException)
        && !client.isTerminated();
  }

  private static String reason(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ", " + message);
  }

  private static ButlerException unreachable(HttpRequest request, String why, Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "The server at " + origin(request.uri()) + " cannot be reached (" + why + ").",
        cause);
  }

  private static ButlerException interrupted(HttpRequest request, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return unreachable(request, "the waiting thread was interrupted", cause);
  }

  private static void sleep(HttpRequest request, Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted(request, e);
    }
  }

  /// Scheme, host and port of a URL, which hold no secret.
  static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /// Ends all connections; streams that are being read fail.
  @Override
  public void close() {
    client.shutdownNow();
    clock.shutdownNow();
  }
}
