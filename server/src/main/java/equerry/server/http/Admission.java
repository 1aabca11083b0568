package equerry.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Decides whether a request is taken on, and knows how many there are.
///
/// While the server ends, none is: clients are told to come back in a second, when another server
/// or the next one will answer.
public final class Admission {
  private static final int RETRY_SECONDS = 1;
  private static final Duration LOOK = Duration.ofMillis(20);

  private final int limit;
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean draining;

  public Admission(int limit) {
    this.limit = limit;
  }

  /// Takes a request on. Every call is to be followed by [#leave], also when it throws.
  ///
  /// @throws HttpProblem (503, to be retried) when it is not taken
  void enter() {
    int count = running.incrementAndGet();
    if (draining) {
      throw ending();
    }
    if (count > limit) {
      throw HttpProblem.retryable(
          503, "This server works on " + limit + " requests already.", RETRY_SECONDS);
    }
  }

  static HttpProblem ending() {
    return HttpProblem.retryable(503, "This server is ending; please try again.", RETRY_SECONDS);
  }

  void leave() {
    running.decrementAndGet();
  }

  public int running() {
    return running.get();
  }

  public boolean isDraining() {
    return draining;
  }

  /// Takes on nothing more and waits until all running requests are answered.
  ///
  /// @return whether they were within the time
  public boolean drain(Duration time) throws InterruptedException {
    draining = true;
    long end = System.nanoTime() + time.toNanos();
    while (running.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
    return running.get() == 0;
  }
}
