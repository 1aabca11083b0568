package equerry.cli.change;

import equerry.api.dimension.DataId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Puts rows together to pages, each of which is one change of the repository.
///
/// Rows of one file that follow each other stay together, so that a page can be longer than was
/// asked for.
final class IngestPages implements Iterator<Map<String, List<DataId>>> {
  private final Iterator<IngestTable.Row> rows;
  private final int pageRows;
  private IngestTable.@Nullable Row ahead;

  /// @param pageRows how many rows a page has at least, but for the last
  IngestPages(Iterator<IngestTable.Row> rows, int pageRows) {
    this.rows = rows;
    this.pageRows = pageRows;
    this.ahead = read();
  }

  private IngestTable.@Nullable Row read() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /// The data IDs in each file of the next page.
  @Override
  public Map<String, List<DataId>> next() {
    IngestTable.Row row = ahead;
    if (row == null) {
      throw new NoSuchElementException();
    }
    Map<String, List<DataId>> page = new LinkedHashMap<>();
    String last = row.file();
    int count = 0;
    while (row != null && (count < pageRows || row.file().equals(last))) {
      page.computeIfAbsent(row.file(), file -> new ArrayList<>(1)).add(row.dataId());
      last = row.file();
      count++;
      row = read();
    }
    ahead = row;
    return page;
  }
}
