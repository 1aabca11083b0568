package equerry.registry.query;

import equerry.registry.db.Cursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Pages of dimension records, each record once a page: a page of the stock server is a set.
///
/// Rows repeat records where a calibration search meets several validity ranges.
record OnceAPage(Cursor<Object[]> cursor) implements Cursor<Object[]> {
  @Override
  public List<Object[]> next() {
    Set<Object> seen = new HashSet<>();
    List<Object[]> page = new ArrayList<>();
    for (Object[] row : cursor.next()) {
      if (seen.add(row[0])) {
        page.add(row);
      }
    }
    return page;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
