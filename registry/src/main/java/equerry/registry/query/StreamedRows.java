package equerry.registry.query;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.registry.db.Cursor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Result rows read from a cursor while they are used.
///
/// A stream that another thread closed fails at its next row: its reader must not take it for
/// complete.
final class StreamedRows implements ResultRows {
  private final List<ResultColumn> columns;
  private final Cursor<Object[]> cursor;
  private List<Object[]> page = List.of();
  private int next;
  private boolean ended;
  private boolean started;
  private long remaining;
  private volatile boolean closed;

  /// @param limit how many rows at most
  StreamedRows(List<ResultColumn> columns, Cursor<Object[]> cursor, long limit) {
    this.columns = columns;
    this.cursor = cursor;
    this.remaining = limit;
  }

  /// The rows of a query that cannot have any.
  static StreamedRows none(List<ResultColumn> columns) {
    return new StreamedRows(columns, new NoCursor(), 0);
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public Iterator<Object[]> iterator() {
    if (started) {
      throw new IllegalStateException("A result is read once.");
    }
    started = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return fill();
      }

      @Override
      public Object[] next() {
        if (!fill()) {
          throw new NoSuchElementException();
        }
        remaining--;
        return page.get(next++);
      }
    };
  }

  private boolean fill() {
    if (closed) {
      throw stopped();
    }
    if (remaining <= 0) {
      return false;
    }
    if (next < page.size()) {
      return true;
    }
    if (!ended) {
      page = cursor.next();
      next = 0;
      ended = page.isEmpty();
    }
    return !ended;
  }

  /// The fault of a stream that was closed before its end.
  static ButlerException stopped() {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE, "The query was stopped before its end.", null);
  }

  @Override
  public void close() {
    closed = true;
    cursor.close();
  }

  private record NoCursor() implements Cursor<Object[]> {
    @Override
    public List<Object[]> next() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
