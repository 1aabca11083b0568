package equerry.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at running requests a few times a second: ends those that nobody waits for any more or
/// that take too long, and gives streams the chance to send a keep-alive line.
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Set<Watched> running = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closed;

  /// A request that is being answered.
  interface Watched {
    /// Looks whether something is to be done. Must not block.
    void tick(long nowNanos);

    /// Stops the request, since the server ends. Must not block.
    void end();
  }

  public Watch() {
    this.thread = Thread.ofPlatform().daemon().name("watch").start(this::run);
  }

  void add(Watched watched) {
    running.add(watched);
  }

  void remove(Watched watched) {
    running.remove(watched);
  }

  /// Stops all requests that still run, and waits a moment for them to say so to their clients.
  void endAll() {
    running.forEach(Watched::end);
    long end = System.nanoTime() + FAREWELL.toNanos();
    while (!running.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(TICK);
        long now = System.nanoTime();
        running.forEach(watched -> watched.tick(now));
      } catch (InterruptedException e) {
        LOG.debug("The watch ends", e);
        return;
      } catch (RuntimeException e) {
        LOG.error("A request could not be watched", e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
