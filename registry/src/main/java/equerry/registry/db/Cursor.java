package equerry.registry.db;

import java.util.List;

/// An open result, read by one thread at a time.
public interface Cursor<T> extends AutoCloseable {
  /// The next rows, at most a page; an empty list after the last.
  List<T> next();

  /// Ends the statement, also while another thread waits for its rows, and returns the connection.
  /// A second call does nothing.
  @Override
  void close();
}
