package equerry.direct.exchange.yaml;

import equerry.api.error.ButlerException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Counts the characters that a parser takes for one event, so that no scalar, comment or tag can
/// fill the memory before it is seen.
final class CountingReader extends FilterReader {
  private final int limit;
  private long taken;

  CountingReader(Reader reader, int limit) {
    super(reader);
    this.limit = limit;
  }

  /// Says that the parser has made an event of what it took.
  void eventMade() {
    taken = 0;
  }

  @Override
  public int read() throws IOException {
    int character = super.read();
    count(character < 0 ? 0 : 1);
    return character;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int characters) {
    taken += characters;
    if (taken > limit) {
      throw new ButlerException.LimitExceeded(
          "The document has a text, comment or tag of more than "
              + limit
              + " characters (scalarChars). Nothing was changed.");
    }
  }
}
