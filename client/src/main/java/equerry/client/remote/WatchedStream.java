package equerry.client.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The body of an answer, closed when it is silent for too long. Used by one thread.
final class WatchedStream extends FilterInputStream {
  private final Duration silence;
  private final ScheduledExecutorService clock;
  private final Runnable whenClosed;
  private volatile boolean silent;
  private boolean closed;

  /// @param whenClosed called once, when the stream is closed
  WatchedStream(
      InputStream body, Duration silence, ScheduledExecutorService clock, Runnable whenClosed) {
    super(body);
    this.silence = silence;
    this.clock = clock;
    this.whenClosed = whenClosed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Future<?> alarm = alarm();
    try {
      int read = in.read(bytes, from, length);
      if (silent) {
        throw new IOException("The server has sent nothing for " + silence);
      }
      return read;
    } finally {
      alarm.cancel(false);
    }
  }

  private Future<?> alarm() throws IOException {
    try {
      return clock.schedule(this::fallSilent, silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("The butler was closed while its answer was read", e);
    }
  }

  private void fallSilent() {
    silent = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reading thread tells the fault.
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      whenClosed.run();
      in.close();
    }
  }
}
