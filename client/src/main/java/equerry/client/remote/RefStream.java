package equerry.client.remote;

import equerry.client.wire.FoundRef;
import equerry.client.wire.PageReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refs one after another, of which the next can be looked at. Used by one thread.
final class RefStream implements AutoCloseable {
  private final PagedIterator<FoundRef> refs;
  private @Nullable FoundRef next;

  RefStream(PageReader<FoundRef> pages) {
    this.refs = new PagedIterator<>(pages);
  }

  /// The next ref, which stays the next; empty at the end.
  Optional<FoundRef> peek() {
    if (next == null && refs.hasNext()) {
      next = refs.next();
    }
    return Optional.ofNullable(next);
  }

  /// Goes on to the ref after the next.
  void skip() {
    next = null;
  }

  @Override
  public void close() {
    next = null;
    refs.close();
  }
}
