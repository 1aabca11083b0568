package equerry.registry.schema;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/// Names of constraints, indexes and sequences that fit into PostgreSQL.
///
/// Its names have 63 characters at most. Of a longer one the first 54 are kept, then comes `_` and a
/// BLAKE2b digest of the whole, of four bytes in hex: the rule of the stock package, whose
/// migrations look for these names. (BLAKE2b of four bytes is not the start of a longer one.)
final class ShortNames {
  static final int MAX_LENGTH = 63;
  private static final int DIGEST_BITS = 32;
  private static final int KEPT = MAX_LENGTH - DIGEST_BITS / 4 - 1;

  private ShortNames() {}

  static String shrink(String name) {
    return name.length() <= MAX_LENGTH ? name : name.substring(0, KEPT) + "_" + digest(name);
  }

  private static String digest(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    Blake2bDigest blake = new Blake2bDigest(DIGEST_BITS);
    blake.update(text, 0, text.length);
    byte[] hash = new byte[DIGEST_BITS / 8];
    blake.doFinal(hash, 0);
    return HexFormat.of().formatHex(hash);
  }
}
