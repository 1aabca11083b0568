package equerry.registry.query;

import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.registry.db.Cursor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Result rows read from a cursor while they are used.
final class StreamedRows implements ResultRows {
  private final List<ResultColumn> columns;
  private final Cursor<Object[]> cursor;
  private List<Object[]> page = List.of();
  private int next;
  private boolean ended;

  StreamedRows(List<ResultColumn> columns, Cursor<Object[]> cursor) {
    this.columns = columns;
    this.cursor = cursor;
  }

  /// The rows of a query that cannot have any.
  static StreamedRows none(List<ResultColumn> columns) {
    return new StreamedRows(columns, new NoCursor());
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public Iterator<Object[]> iterator() {
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
        return page.get(next++);
      }
    };
  }

  private boolean fill() {
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

  @Override
  public void close() {
    ended = true;
    page = List.of();
    next = 0;
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
