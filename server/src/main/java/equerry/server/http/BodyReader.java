package equerry.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads the body of one request into memory, within the limit on it and on all of them.
///
/// Memory is taken as bytes come, not as they are announced, so that whoever announces much and sends
/// little keeps nobody out.
final class BodyReader implements AutoCloseable {
  private static final int BLOCK_BYTES = 8_192;

  private final Limits limits;
  private final BodyBudget.Share share;

  /// How much of a body is read.
  ///
  /// @param bytes the largest body that is taken
  /// @param discardBytes how much of one that is refused is read and thrown away, so that the client
  ///     has sent its request and reads our refusal
  record Limits(int bytes, long discardBytes) {}

  BodyReader(Limits limits, BodyBudget budget) {
    this.limits = limits;
    this.share = budget.share();
  }

  /// Reads a body to its end.
  ///
  /// @param announced how long the client says that it is, negative when it does not
  /// @throws HttpProblem (413, 503) when it is refused
  byte[] read(InputStream in, long announced) throws IOException {
    try {
      return all(in, announced);
    } catch (HttpProblem refusal) {
      share.close();
      discard(in);
      throw refusal;
    }
  }

  private byte[] all(InputStream in, long announced) throws IOException {
    if (announced > limits.bytes) {
      throw tooLarge();
    }
    int largest = announced < 0 ? limits.bytes : (int) announced;
    byte[] body = new byte[Math.min(largest, BodyBudget.SMALL_BYTES)];
    int size = in.readNBytes(body, 0, body.length);
    for (int next = atEnd(body, size) ? -1 : in.read(); next >= 0; next = in.read()) {
      if (size == largest) {
        throw tooLarge();
      }
      body = grown(body, largest);
      body[size++] = (byte) next;
      size += in.readNBytes(body, size, body.length - size);
      if (atEnd(body, size)) {
        break;
      }
    }
    return size == body.length ? body : Arrays.copyOf(body, size);
  }

  /// Whether the last read found the end.
  private static boolean atEnd(byte[] body, int size) {
    return size < body.length;
  }

  private byte[] grown(byte[] body, int largest) {
    int length = (int) Math.min(2L * body.length, largest);
    share.growTo(length);
    return Arrays.copyOf(body, length);
  }

  private HttpProblem tooLarge() {
    return HttpProblem.of(
        413, "The body of the request is larger than the " + limits.bytes + " bytes allowed.");
  }

  private void discard(InputStream in) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    long discarded = 0;
    int count = 0;
    while (count >= 0 && discarded < limits.discardBytes) {
      discarded += count;
      count = in.read(block);
    }
  }

  /// Says that the body and what was made of it is not needed any more.
  @Override
  public void close() {
    share.close();
  }
}
