package equerry.table;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.AbstractStarTable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.DefaultValueInfo;
import uk.ac.starlink.table.DescribedValue;
import uk.ac.starlink.table.RowSequence;

/// A table as STIL's writers read it. Its rows can be read once.
final class StarRows extends AbstractStarTable {
  private final List<TableColumn> columns;
  private final List<ColumnInfo> infos;
  private @Nullable Iterator<Object[]> rows;

  StarRows(ResultTable table) {
    this.columns = table.columns();
    this.infos = columns.stream().map(StarCells::info).toList();
    this.rows = table.rows();
    table.notes().forEach(this::addNote);
  }

  private void addNote(String name, String value) {
    setParameter(new DescribedValue(new DefaultValueInfo(name, String.class), value));
  }

  @Override
  public ColumnInfo getColumnInfo(int column) {
    return infos.get(column);
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  /// Not known.
  @Override
  public long getRowCount() {
    return -1;
  }

  @Override
  public RowSequence getRowSequence() {
    Iterator<Object[]> unread = rows;
    if (unread == null) {
      throw new IllegalStateException("The rows were read already");
    }
    rows = null;
    return new Sequence(unread);
  }

  private final class Sequence implements RowSequence {
    private final Iterator<Object[]> unread;
    private Object @Nullable [] row;

    Sequence(Iterator<Object[]> unread) {
      this.unread = unread;
    }

    @Override
    public boolean next() {
      row = unread.hasNext() ? unread.next() : null;
      return row != null;
    }

    @Override
    public @Nullable Object getCell(int column) {
      Object[] current = row;
      if (current == null) {
        throw new NoSuchElementException();
      }
      return StarCells.value(columns.get(column).kind(), columns.get(column).cell().of(current));
    }

    @Override
    public @Nullable Object[] getRow() throws IOException {
      @Nullable Object[] cells = new @Nullable Object[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = getCell(i);
      }
      return cells;
    }

    @Override
    public void close() {}
  }
}
