package equerry.cli.shell;

import java.time.Duration;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A line on standard error that says how many rows have come, once that takes long.
///
/// Only shown to somebody who watches standard error and does not see the rows themselves.
public final class Progress implements AutoCloseable {
  /// The total of work whose end is not known.
  public static final long UNKNOWN = -1;

  /// What takes shorter has no line.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int UPDATE_MILLIS = 500;
  private static final int CHECK_EVERY = 256;
  private static final int WIDTH = 79;

  private final Supplier<ProgressBar> maker;
  private final boolean wanted;
  private final Duration patience;
  private final long startNanos = System.nanoTime();
  private @Nullable ProgressBar bar;
  private long rows;

  Progress(Supplier<ProgressBar> maker, Audience audience, Duration patience) {
    this.patience = patience;
    this.maker = maker;
    this.wanted = audience == Audience.WATCHING;
  }

  /// Whether somebody wants to see the line.
  enum Audience {
    WATCHING,
    NOBODY
  }

  /// The line of a command that writes rows as they come, or holds them for a table.
  public static Progress onError(OutputFormat format) {
    boolean hidden = format == OutputFormat.TABLE || !Terminal.isOut();
    return new Progress(
        () -> bar("rows", UNKNOWN),
        hidden && Terminal.isErr() ? Audience.WATCHING : Audience.NOBODY,
        PATIENCE);
  }

  /// The line of work that goes on while nothing is written.
  ///
  /// @param task what is counted
  /// @param total how many there are, or [#UNKNOWN]
  public static Progress ofWork(String task, long total) {
    return new Progress(
        () -> bar(task, total), Terminal.isErr() ? Audience.WATCHING : Audience.NOBODY, PATIENCE);
  }

  private static ProgressBar bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .clearDisplayOnFinish()
        .build();
  }

  public void step() {
    rows++;
    if (wanted && rows % CHECK_EVERY == 0) {
      show();
    }
  }

  /// Counts many at once.
  public void step(long count) {
    rows += count;
    if (wanted) {
      show();
    }
  }

  private void show() {
    if (bar == null && System.nanoTime() - startNanos >= patience.toNanos()) {
      bar = maker.get();
    }
    if (bar != null) {
      bar.stepTo(rows);
    }
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
