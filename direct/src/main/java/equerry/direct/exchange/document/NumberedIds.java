package equerry.direct.exchange.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The identities of datasets that have numbers in old documents: UUIDv3 of the decimal number in
/// the stock package's name space for them.
final class NumberedIds {
  private static final UUID NAMESPACE = UUID.fromString("4d4851f4-2890-4d41-8779-5f38a3f5062b");

  private NumberedIds() {}

  static UUID of(long number) {
    byte[] name = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer input = ByteBuffer.allocate(16 + name.length);
    input.putLong(NAMESPACE.getMostSignificantBits());
    input.putLong(NAMESPACE.getLeastSignificantBits());
    input.put(name);
    return UUID.nameUUIDFromBytes(input.array());
  }
}
