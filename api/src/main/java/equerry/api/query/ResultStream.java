package equerry.api.query;

import java.util.Iterator;

/// Rows that are read while they are used: single pass, one thread, and to be closed.
///
/// The iterator throws [equerry.api.error.ButlerException] for faults that show while reading.
/// Closing early cancels the query behind it.
public interface ResultStream<R> extends AutoCloseable, Iterable<R> {
  /// The one iterator; a second call is an error.
  @Override
  Iterator<R> iterator();

  @Override
  void close();
}
