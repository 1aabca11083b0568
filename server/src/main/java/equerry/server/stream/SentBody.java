package equerry.server.stream;

import equerry.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;

/// A body that is sent in large parts while it is written. Nothing of the answer has left before the
/// first part is full, so that until then it can still become an error.
final class SentBody extends OutputStream {
  private static final int PART_BYTES = 64 * 1024;

  private final Exchange exchange;
  private final byte[] part = new byte[PART_BYTES];
  private int length;

  SentBody(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void write(int value) throws IOException {
    if (length == part.length) {
      send(Exchange.Part.MORE);
    }
    part[length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > part.length - length) {
      send(Exchange.Part.MORE);
    }
    if (count > part.length) {
      exchange.send(bytes, offset, count, Exchange.Part.MORE);
    } else {
      System.arraycopy(bytes, offset, part, length, count);
      length += count;
    }
  }

  /// Sends the rest and says that the body is whole.
  void end() throws IOException {
    send(Exchange.Part.LAST);
  }

  private void send(Exchange.Part which) throws IOException {
    exchange.send(part, 0, length, which);
    length = 0;
  }
}
