package equerry.server.stream;

import equerry.server.http.HttpProblem;
import equerry.server.http.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many streams run, in all and of each user. The numbers and answers are the stock server's.
public final class StreamSlots {
  private static final int RETRY_SECONDS = 5;

  private final int limit;
  private final int userLimit;
  private final Counting counting;
  private final Map<String, Integer> byUser = new HashMap<>();
  private int running;

  /// What the number of streams is limited by.
  public enum Counting {
    ALL_TOGETHER,
    EACH_USER
  }

  /// @param limit how many may run in all
  /// @param userLimit how many of one user, where the streams of each user are counted
  public StreamSlots(int limit, int userLimit, Counting counting) {
    this.limit = limit;
    this.userLimit = userLimit;
    this.counting = counting;
  }

  /// Takes a slot, which is given back by closing the result.
  ///
  /// @throws HttpProblem (503 or 429, to be retried) when there is none
  public synchronized Slot take(Principal principal) {
    String user = counting == Counting.EACH_USER ? principal.user() : null;
    if (running >= limit) {
      throw HttpProblem.retryable(
          503, "This server runs " + limit + " streaming queries already.", RETRY_SECONDS);
    }
    if (user != null && byUser.getOrDefault(user, 0) >= userLimit) {
      throw HttpProblem.retryable(
          429,
          "User "
              + user
              + " runs "
              + userLimit
              + " streaming queries already; wait for one to end.",
          RETRY_SECONDS);
    }
    running++;
    if (user != null) {
      byUser.merge(user, 1, Integer::sum);
    }
    return new Slot(user);
  }

  public synchronized int running() {
    return running;
  }

  private synchronized void giveBack(@Nullable String user) {
    running--;
    if (user != null) {
      byUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /// The permission to run one stream.
  public final class Slot implements AutoCloseable {
    private final @Nullable String user;

    private Slot(@Nullable String user) {
      this.user = user;
    }

    @Override
    public void close() {
      giveBack(user);
    }
  }
}
