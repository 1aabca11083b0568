package equerry.server.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that the bodies of all running requests may take together.
///
/// Only bodies larger than [#SMALL_BYTES] count: the others cost no more than the rest of a request,
/// and are never refused. A body counts until its request is answered, since what was read from it
/// lives as long. Safe for use by many threads.
public final class BodyBudget {
  /// The largest body that does not count. A thousand of them are 16 MiB.
  static final int SMALL_BYTES = 16 << 10;

  private static final int RETRY_SECONDS = 5;

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  public BodyBudget(long limitBytes) {
    this.limit = limitBytes;
  }

  /// How many bytes bodies take now.
  public long heldBytes() {
    return held.get();
  }

  /// The part of one request, which takes nothing until it needs to.
  Share share() {
    return new Share();
  }

  /// What one request takes. Used by one thread.
  final class Share implements AutoCloseable {
    private long taken;

    private Share() {}

    /// Takes as much as it needs for a body of that size in all.
    ///
    /// @throws HttpProblem (503, to be retried) when others hold too much of it
    void growTo(int bytes) {
      long more = bytes <= SMALL_BYTES ? 0 : bytes - taken;
      if (more <= 0) {
        return;
      }
      if (held.addAndGet(more) > limit) {
        held.addAndGet(-more);
        throw HttpProblem.retryable(
            503,
            "The requests that this server works on hold the "
                + limit
                + " bytes that their bodies may take together.",
            RETRY_SECONDS);
      }
      taken += more;
    }

    /// Gives all back.
    @Override
    public void close() {
      held.addAndGet(-taken);
      taken = 0;
    }
  }
}
