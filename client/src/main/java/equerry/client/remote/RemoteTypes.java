package equerry.client.remote;

import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.query.ResultStream;
import equerry.client.wire.AnswerRows;
import equerry.client.wire.FoundRef;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refs of many dataset types, those of one type after those of another.
final class RemoteTypes implements ResultStream<ResultRows> {
  private final RefStream refs;
  private final Expansion expansion;
  private boolean started;

  RemoteTypes(RefStream refs, Expansion expansion) {
    this.refs = refs;
    this.expansion = expansion;
  }

  @Override
  public Iterator<ResultRows> iterator() {
    if (started) {
      throw new IllegalStateException("The dataset types of a query can be read once.");
    }
    started = true;
    return new Types();
  }

  @Override
  public void close() {
    refs.close();
  }

  /// Goes from type to type; what was not read of one is passed over.
  private final class Types implements Iterator<ResultRows> {
    private @Nullable OneType current;

    @Override
    public boolean hasNext() {
      OneType before = current;
      if (before != null) {
        before.passOver();
        current = null;
      }
      return refs.peek().isPresent();
    }

    @Override
    public ResultRows next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      OneType next = new OneType(refs.peek().orElseThrow().type());
      current = next;
      return next;
    }
  }

  /// The refs of one type, up to the first of another.
  private final class OneType implements ResultRows, Iterator<@Nullable Object[]> {
    private final DatasetType type;
    private boolean read;
    private boolean passed;

    OneType(DatasetType type) {
      this.type = type;
    }

    @Override
    public List<ResultColumn> columns() {
      return AnswerRows.columns(type, expansion);
    }

    @Override
    public Iterator<@Nullable Object[]> iterator() {
      if (read) {
        throw new IllegalStateException("The rows of a query can be read once.");
      }
      read = true;
      return this;
    }

    private Optional<FoundRef> peek() {
      return passed ? Optional.empty() : refs.peek().filter(ref -> ref.type().equals(type));
    }

    @Override
    public boolean hasNext() {
      return peek().isPresent();
    }

    @Override
    public @Nullable Object[] next() {
      FoundRef ref = peek().orElseThrow(NoSuchElementException::new);
      refs.skip();
      return ref.row();
    }

    private void passOver() {
      while (refs.peek().filter(ref -> ref.type().equals(type)).isPresent()) {
        refs.skip();
      }
      passed = true;
    }

    /// Reads nothing more; the rest is passed over only when the next type is wanted.
    @Override
    public void close() {
      passed = true;
    }
  }
}
