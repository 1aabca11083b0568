package equerry.cli.change;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Works on a few pages at once, each on a thread of its own. Who brings pages waits while as many
/// are under way, so that memory does not grow with their number.
///
/// For use by one thread, which also takes the results.
final class PageWorkers<T> implements AutoCloseable {
  private final int most;
  private final Consumer<T> results;
  private final ExecutorService threads;
  private final ExecutorCompletionService<T> pages;
  private int underWay;

  /// @param most how many pages at once
  /// @param results takes what becomes of each page, in the order in which they end
  PageWorkers(int most, Consumer<T> results) {
    this.most = most;
    this.results = results;
    this.threads =
        Executors.newFixedThreadPool(most, Thread.ofPlatform().name("page-", 0).daemon().factory());
    this.pages = new ExecutorCompletionService<>(threads);
  }

  /// Begins a page, once there is a thread for it.
  ///
  /// @throws RuntimeException what made an earlier page fail; those under way have ended then
  void begin(Callable<T> page) {
    if (underWay == most) {
      end();
    }
    pages.submit(page);
    underWay++;
  }

  /// Waits for what is under way.
  ///
  /// @throws RuntimeException what made a page fail; all have ended then
  void finish() {
    while (underWay > 0) {
      end();
    }
  }

  private void end() {
    RuntimeException failure = endOne();
    if (failure != null) {
      while (underWay > 0) {
        RuntimeException other = endOne();
        if (other != null) {
          failure.addSuppressed(other);
        }
      }
      throw failure;
    }
  }

  private @Nullable RuntimeException endOne() {
    underWay--;
    try {
      results.accept(pages.take().get());
      return null;
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("A page failed.", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("The wait for a page was interrupted.", interrupted);
    }
  }

  /// Lets pages under way end. What makes one of them fail then is not told: an earlier failure is
  /// the reason that nobody has called [#finish].
  @Override
  public void close() {
    while (underWay > 0) {
      endOne();
    }
    threads.close();
  }
}
