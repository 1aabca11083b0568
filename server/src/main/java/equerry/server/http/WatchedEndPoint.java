package equerry.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A connection that can tell, while a request of it is worked on, whether its client has left.
///
/// The HTTP library does not read from a connection until its request is answered, so it would
/// notice only when it writes: a query that runs for minutes before its first row would go on for
/// nobody. Java cannot look at a socket without reading, so what is read too early (a pipelined
/// request) is kept here and handed over when the library reads again.
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int PROBE_BYTES = 1024;

  private @Nullable ByteBuffer early;

  WatchedEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /// Whether the client has closed its side. Only to be called between the reading of a request
  /// and the end of its answer.
  synchronized boolean peerHasLeft() {
    if (early != null) {
      return false;
    }
    ByteBuffer probe = ByteBuffer.allocate(PROBE_BYTES);
    try {
      int count = getChannel().read(probe);
      if (count > 0) {
        early = probe.flip();
      }
      return count < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (this) {
      if (early != null) {
        int count = BufferUtil.append(buffer, early);
        if (!early.hasRemaining()) {
          early = null;
        }
        notIdle();
        return count;
      }
    }
    return super.fill(buffer);
  }

  @Override
  protected void needsFillInterest() {
    boolean ready;
    synchronized (this) {
      ready = early != null;
    }
    if (ready) {
      // The selector would wait for bytes that are here already.
      Thread.ofVirtual().start(() -> getFillInterest().fillable());
    } else {
      super.needsFillInterest();
    }
  }
}
