package equerry.client.remote;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.client.wire.AnswerRows;
import equerry.client.wire.FoundRef;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Refs of one dataset type. The first of them tells the type; the repository is asked for it only
/// when there is none.
final class RemoteRefs implements ResultRows {
  private final RefStream refs;
  private final Supplier<DatasetType> type;
  private final Expansion expansion;
  private @Nullable List<ResultColumn> columns;
  private boolean started;

  RemoteRefs(RefStream refs, Supplier<DatasetType> type, Expansion expansion) {
    this.refs = refs;
    this.type = type;
    this.expansion = expansion;
  }

  /// Waits for the first row, if none was read yet.
  @Override
  public List<ResultColumn> columns() {
    List<ResultColumn> known = columns;
    if (known == null) {
      known = AnswerRows.columns(refs.peek().map(FoundRef::type).orElseGet(type), expansion);
      columns = known;
    }
    return known;
  }

  @Override
  public Iterator<@Nullable Object[]> iterator() {
    if (started) {
      throw new IllegalStateException("The rows of a query can be read once.");
    }
    started = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return refs.peek().isPresent();
      }

      @Override
      public @Nullable Object[] next() {
        columns();
        FoundRef ref = refs.peek().orElseThrow(NoSuchElementException::new);
        refs.skip();
        return ref.row();
      }
    };
  }

  @Override
  public void close() {
    refs.close();
  }
}
