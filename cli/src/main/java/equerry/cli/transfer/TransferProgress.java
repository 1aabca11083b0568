package equerry.cli.transfer;

import equerry.api.transfer.TransferListener;
import equerry.cli.shell.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A bar on standard error for each step of a transfer, once it takes long and somebody watches.
/// Warnings are lines of their own.
final class TransferProgress implements TransferListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int UPDATE_MILLIS = 500;
  private static final int WIDTH = 79;

  private final boolean watched;
  private final PrintWriter err;
  private final long startNanos = System.nanoTime();
  private @Nullable Step step;
  private @Nullable ProgressBar bar;

  private TransferProgress(boolean watched, PrintWriter err) {
    this.watched = watched;
    this.err = err;
  }

  static TransferProgress onError(PrintWriter err) {
    return new TransferProgress(Terminal.isErr(), err);
  }

  @Override
  public void advanced(Step current, long done, long total) {
    if (!watched || System.nanoTime() - startNanos < PATIENCE.toNanos()) {
      return;
    }
    ProgressBar shown = bar;
    if (current != step || shown == null) {
      close();
      shown =
          new ProgressBarBuilder()
              .setTaskName(current.name().toLowerCase(Locale.ROOT))
              .setInitialMax(total)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
              .clearDisplayOnFinish()
              .build();
      step = current;
      bar = shown;
    }
    shown.stepTo(done);
  }

  @Override
  public void warned(String message) {
    err.println("equerry: warning: " + message);
    err.flush();
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
