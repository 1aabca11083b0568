package equerry.server.stream;

import equerry.client.wire.PageWriter;
import equerry.server.http.Attention;
import equerry.server.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer of lines, one JSON object each.
///
/// A line is held back until the next one or the end comes, so that a short answer goes out at once
/// and whole. While no line comes, keep-alive lines are sent: the line that is held first.
final class LineStream implements Attention {
  private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/jsonlines", "X-Accel-Buffering", "no");

  private static final long HOLD_NANOS = Duration.ofMillis(200).toNanos();

  private final Exchange exchange;
  private final StreamSource source;
  private final long keepAliveNanos;
  private final ReentrantLock writing = new ReentrantLock();
  private final Line held = new Line();
  private volatile long lastLineNanos = System.nanoTime();
  private volatile boolean ended;

  /// @param source what the lines are made of
  LineStream(Exchange exchange, StreamSource source, Duration keepAliveInterval) {
    this.exchange = exchange;
    this.source = source;
    this.keepAliveNanos = keepAliveInterval.toNanos();
    exchange.begin(200, HEADERS);
  }

  /// Adds the page as a line.
  void add(PageWriter page) throws IOException {
    writing.lock();
    try {
      sendHeld(Exchange.Part.MORE);
      page.sendTo(held);
    } finally {
      writing.unlock();
    }
  }

  /// Adds a line, newline included.
  void add(byte[] line) throws IOException {
    writing.lock();
    try {
      sendHeld(Exchange.Part.MORE);
      held.write(line);
    } finally {
      writing.unlock();
    }
  }

  /// Sends the rest. Afterwards nothing more can be added.
  void end() throws IOException {
    writing.lock();
    try {
      ended = true;
      sendHeld(Exchange.Part.LAST);
    } finally {
      writing.unlock();
    }
  }

  /// Sends nothing any more, not even keep-alive lines; for the case that the stream fails.
  void fallSilent() {
    writing.lock();
    ended = true;
    writing.unlock();
  }

  private void sendHeld(Exchange.Part part) throws IOException {
    source.checkWanted();
    if (held.size() > 0 || part == Exchange.Part.LAST) {
      exchange.send(held.bytes(), 0, held.size(), part);
      held.reset();
      lastLineNanos = System.nanoTime();
    }
  }

  @Override
  public void tick(long nowNanos) {
    boolean due = nowNanos - lastLineNanos >= keepAliveNanos;
    boolean waiting = held.size() > 0 && nowNanos - lastLineNanos >= HOLD_NANOS;
    if (!ended && (due || waiting) && !writing.isLocked()) {
      Thread.ofVirtual().name("keep-alive").start(() -> sendWhileWaiting(due));
    }
  }

  private void sendWhileWaiting(boolean due) {
    if (!writing.tryLock()) {
      return;
    }
    try {
      if (ended) {
        return;
      }
      boolean silent = held.size() == 0;
      if (silent && due && System.nanoTime() - lastLineNanos >= keepAliveNanos) {
        held.write(PageWriter.keepAlive());
      }
      sendHeld(Exchange.Part.MORE);
    } catch (IOException | RuntimeException e) {
      LOG.debug("A keep-alive line cannot be sent; the client has left", e);
      source.abandon();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void abandon() {
    source.abandon();
  }

  /// A buffer whose bytes can be sent without a copy.
  private static final class Line extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}
