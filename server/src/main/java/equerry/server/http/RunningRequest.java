package equerry.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request while it is answered: who answers it, since when, and how to stop that.
///
/// Stopping interrupts the thread that answers; a stream puts its own way in the place of that, and
/// has no time limit.
final class RunningRequest implements Watch.Watched {
  /// Why a request was stopped.
  enum Stop {
    CLIENT_LEFT,
    TOOK_TOO_LONG,
    SERVER_ENDS
  }

  private static final long YOUNG_NANOS = Duration.ofMillis(150).toNanos();

  private final Exchange exchange;
  private final Thread thread = Thread.currentThread();
  private final long startNanos = System.nanoTime();
  private final long timeNanos;
  private @Nullable Attention attention;
  private @Nullable Stop stopped;
  private boolean finished;

  RunningRequest(Exchange exchange, Duration time) {
    this.exchange = exchange;
    this.timeNanos = time.toNanos();
  }

  /// From now on the request is a stream, which looks after itself.
  synchronized void attend(Attention stream) {
    this.attention = stream;
  }

  @Override
  public synchronized void tick(long nowNanos) {
    boolean quiet = finished || stopped != null || nowNanos - startNanos < YOUNG_NANOS;
    if (quiet || exchange.isAnswered()) {
      return;
    }
    if (exchange.clientHasLeft()) {
      stop(Stop.CLIENT_LEFT);
    } else if (attention != null) {
      attention.tick(nowNanos);
    } else if (nowNanos - startNanos > timeNanos) {
      stop(Stop.TOOK_TOO_LONG);
    }
  }

  @Override
  public synchronized void end() {
    if (!finished && stopped == null) {
      stop(Stop.SERVER_ENDS);
    }
  }

  private void stop(Stop why) {
    stopped = why;
    if (attention == null) {
      thread.interrupt();
    } else {
      attention.abandon();
    }
  }

  /// Ends the watching and takes back an interrupt that came too late to be noticed.
  ///
  /// @return why the request was stopped, null when it was not
  synchronized @Nullable Stop finish() {
    finished = true;
    if (stopped != null) {
      Thread.interrupted();
    }
    return stopped;
  }
}
