package equerry.server.stream;

import equerry.server.http.Attention;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a stream reads from, as long as somebody waits for it.
///
/// When the client leaves, it is closed by another thread, which cancels the statement behind it;
/// before there is such a thing, the thread of the stream is interrupted.
final class StreamSource implements Attention {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);

  private final Thread thread = Thread.currentThread();
  private volatile boolean abandoned;
  private @Nullable AutoCloseable source;

  /// Reads from this from now on.
  ///
  /// @throws ClientLeft when nobody waits any more; then it is not read from
  synchronized void readFrom(AutoCloseable opened) {
    source = opened;
    checkWanted();
  }

  /// @throws ClientLeft when nobody waits any more
  void checkWanted() {
    if (abandoned) {
      throw new ClientLeft();
    }
  }

  @Override
  public void tick(long nowNanos) {}

  @Override
  public void abandon() {
    AutoCloseable opened;
    synchronized (this) {
      if (abandoned) {
        return;
      }
      abandoned = true;
      opened = source;
    }
    if (opened == null) {
      thread.interrupt();
    } else {
      Thread.ofVirtual().name("cancel").start(() -> close(opened));
    }
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      LOG.warn("A query that nobody waits for could not be cancelled", e);
    }
  }

  /// Nobody waits for the rest of the stream.
  static final class ClientLeft extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientLeft() {
      super("The client has left", null, false, false);
    }
  }
}
