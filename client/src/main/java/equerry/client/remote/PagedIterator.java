package equerry.client.remote;

import equerry.client.wire.PageReader;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The rows of a stream, read page by page; the stream is closed at its end and after a fault.
///
/// @param <R> what a row is
final class PagedIterator<R> implements Iterator<R>, AutoCloseable {
  private final PageReader<R> pages;
  private Iterator<R> page = List.<R>of().iterator();
  private boolean ended;

  PagedIterator(PageReader<R> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      advance();
    }
    return page.hasNext();
  }

  private void advance() {
    ended = true;
    Optional<List<R>> next = Optional.empty();
    try {
      next = pages.next();
      ended = next.isEmpty();
    } finally {
      if (ended) {
        pages.close();
      }
    }
    page = next.orElse(List.of()).iterator();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }

  @Override
  public void close() {
    ended = true;
    page = List.<R>of().iterator();
    pages.close();
  }
}
