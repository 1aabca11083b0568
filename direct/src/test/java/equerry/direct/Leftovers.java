package equerry.direct;

import java.time.Duration;
import java.util.List;

/// What a closed butler must not leave behind.
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Leftovers() {}

  /// Threads of connection pools and of native calls that still live after a moment to end.
  static List<String> threads() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> alive = alive();
    while (!alive.isEmpty() && System.nanoTime() < end) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return alive;
      }
      alive = alive();
    }
    return alive;
  }

  private static List<String> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("equerry-") || name.startsWith("sqlite-"))
        .toList();
  }
}
