package equerry.api;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A butler whose repository can be changed.
///
/// The views of [Butler] answer from the last commit, also while a change is under way.
public interface WritableButler extends Butler {
  /// Runs work as one change: when it returns, everything that it did is in the repository; when it
  /// throws, nothing is. Files that it removed are deleted after the commit.
  ///
  /// The work may be run again after another writer got in its way (a busy SQLite file, a deadlock
  /// of PostgreSQL), so it must not count on being run once. It must not start another change, and
  /// must close what it streams. The changes are of no use after it has returned.
  ///
  /// @param work makes the changes, on one thread
  /// @return what the work returned
  <T extends @Nullable Object> T write(Function<Changes, T> work);
}
