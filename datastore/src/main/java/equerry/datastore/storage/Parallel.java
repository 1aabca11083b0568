package equerry.datastore.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Works on many files at once.
public final class Parallel {
  /// How many files are worked on at once. Each upload in parts holds one part in memory.
  public static final int MAX_TRANSFERS = 16;

  private Parallel() {}

  /// Does work for each item, in any order, and returns when all of it has ended. After the first
  /// failure no further item is begun; that failure is thrown.
  public static <T> void forEach(List<T> items, Consumer<T> work) {
    if (items.size() == 1) {
      work.accept(items.getFirst());
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_TRANSFERS, items.size()); i++) {
      workers.add(Thread.startVirtualThread(() -> drain(items, work, next, failure)));
    }
    joinAll(workers);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static <T> void drain(
      List<T> items,
      Consumer<T> work,
      AtomicInteger next,
      AtomicReference<@Nullable Throwable> failure) {
    while (failure.get() == null) {
      int index = next.getAndIncrement();
      if (index >= items.size()) {
        return;
      }
      try {
        work.accept(items.get(index));
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  /// An interruption is kept for the caller: what was begun must end before anything is undone.
  private static void joinAll(List<Thread> workers) {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
