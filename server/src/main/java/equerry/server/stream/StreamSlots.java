package equerry.server.stream;

import equerry.server.http.HttpProblem;
import equerry.server.http.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How many streams run, in all and of each user. The numbers and refusals are the stock server's;
/// unlike there a stream waits for its turn before it is refused, which most have after
/// milliseconds.
public final class StreamSlots {
  private static final int RETRY_SECONDS = 5;

  private final int limit;
  private final Semaphore free;
  private final Duration wait;
  private final int userLimit;
  private final Counting counting;
  private final Map<String, Integer> byUser = new HashMap<>();

  /// What the number of streams is limited by.
  public enum Counting {
    ALL_TOGETHER,
    EACH_USER
  }

  /// @param limit how many may run in all
  /// @param wait how long a stream waits for others to end
  /// @param userLimit how many of one user may run or wait, where the streams of each are counted
  public StreamSlots(int limit, Duration wait, int userLimit, Counting counting) {
    this.limit = limit;
    this.free = new Semaphore(limit, true);
    this.wait = wait;
    this.userLimit = userLimit;
    this.counting = counting;
  }

  /// Takes a slot, which is given back by closing the result.
  ///
  /// @throws HttpProblem (429, to be retried) when the user has no more; (503, to be retried) when
  ///     none is free in time, or the wait is interrupted
  public Slot take(Principal principal) {
    String user = counting == Counting.EACH_USER ? principal.user() : null;
    count(user);
    boolean taken = false;
    try {
      taken = free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      if (!taken) {
        discount(user);
      }
    }
    if (!taken) {
      throw HttpProblem.retryable(
          503, "This server runs " + limit + " streaming queries already.", RETRY_SECONDS);
    }
    return new Slot(user);
  }

  private synchronized void count(@Nullable String user) {
    if (user == null) {
      return;
    }
    if (byUser.getOrDefault(user, 0) >= userLimit) {
      throw HttpProblem.retryable(
          429,
          "User "
              + user
              + " runs "
              + userLimit
              + " streaming queries already; wait for one to end.",
          RETRY_SECONDS);
    }
    byUser.merge(user, 1, Integer::sum);
  }

  private synchronized void discount(@Nullable String user) {
    if (user != null) {
      byUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  public int running() {
    return limit - free.availablePermits();
  }

  /// The permission to run one stream.
  public final class Slot implements AutoCloseable {
    private final @Nullable String user;

    private Slot(@Nullable String user) {
      this.user = user;
    }

    @Override
    public void close() {
      free.release();
      discount(user);
    }
  }
}
