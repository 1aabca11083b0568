package equerry.client.remote;

import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.client.wire.PageReader;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows whose columns are known before they are read.
final class RemoteRows implements ResultRows {
  private final List<ResultColumn> columns;
  private final PagedIterator<@Nullable Object[]> rows;
  private boolean started;

  RemoteRows(List<ResultColumn> columns, PageReader<@Nullable Object[]> pages) {
    this.columns = columns;
    this.rows = new PagedIterator<>(pages);
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public Iterator<@Nullable Object[]> iterator() {
    if (started) {
      throw new IllegalStateException("The rows of a query can be read once.");
    }
    started = true;
    return rows;
  }

  @Override
  public void close() {
    rows.close();
  }
}
