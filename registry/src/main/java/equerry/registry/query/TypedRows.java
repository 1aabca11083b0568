package equerry.registry.query;

import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.query.ResultStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The rows of one search after another, with a limit over all of them.
///
/// A search is started when its rows are asked for; the one before it is closed then.
final class TypedRows implements ResultStream<ResultRows> {
  private final Iterator<SearchOfType> searches;
  private final BiFunction<SearchOfType, @Nullable Long, ResultRows> start;
  private @Nullable Long remaining;
  private @Nullable ResultRows current;
  private boolean started;
  private boolean closed;

  TypedRows(
      List<SearchOfType> searches,
      @Nullable Long limit,
      BiFunction<SearchOfType, @Nullable Long, ResultRows> start) {
    this.searches = searches.iterator();
    this.remaining = limit;
    this.start = start;
  }

  @Override
  public Iterator<ResultRows> iterator() {
    if (started) {
      throw new IllegalStateException("A result is read once.");
    }
    started = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return searches.hasNext() && (remaining == null || remaining > 0);
      }

      @Override
      public ResultRows next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return advance(new Counted(start.apply(searches.next(), remaining)));
      }
    };
  }

  /// Goes on to the rows of another search, unless another thread has closed the stream.
  private synchronized ResultRows advance(ResultRows rows) {
    release();
    if (closed) {
      rows.close();
      throw StreamedRows.stopped();
    }
    current = rows;
    return rows;
  }

  private void release() {
    ResultRows open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    release();
  }

  /// Rows that use up the limit as they are read.
  private final class Counted implements ResultRows {
    private final ResultRows rows;

    Counted(ResultRows rows) {
      this.rows = rows;
    }

    @Override
    public List<ResultColumn> columns() {
      return rows.columns();
    }

    @Override
    public Iterator<Object[]> iterator() {
      Iterator<Object[]> inner = rows.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return inner.hasNext();
        }

        @Override
        public Object[] next() {
          Object[] row = inner.next();
          if (remaining != null) {
            remaining--;
          }
          return row;
        }
      };
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
