package equerry.server.stream;

import equerry.server.http.HttpProblem;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many streams run, in all and of each user. The numbers and answers are the stock server's.
public final class StreamSlots {
  private static final int RETRY_SECONDS = 5;

  private final int limit;
  private final int userLimit;
  private final Map<String, Integer> byUser = new HashMap<>();
  private int running;

  public StreamSlots(int limit, int userLimit) {
    this.limit = limit;
    this.userLimit = userLimit;
  }

  /// Takes a slot, which is given back by closing the result.
  ///
  /// @param user the user whose streams are counted, null when users are not told apart
  /// @throws HttpProblem (503 or 429, to be retried) when there is none
  public synchronized Slot take(@Nullable String user) {
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
