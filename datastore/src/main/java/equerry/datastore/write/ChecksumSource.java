package equerry.datastore.write;

import equerry.datastore.storage.ContentSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.jspecify.annotations.Nullable;

/// A source that takes the checksum of what is read from it: BLAKE2b-512, as the stock package does.
final class ChecksumSource implements ContentSource {
  private static final int BITS = 512;

  private final ContentSource source;
  private volatile @Nullable String hex;

  ChecksumSource(ContentSource source) {
    this.source = source;
  }

  /// The checksum; the source is read for it when it was not read to its end before.
  String hex() throws IOException {
    String known = hex;
    if (known != null) {
      return known;
    }
    try (InputStream in = open()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return java.util.Objects.requireNonNull(hex);
  }

  @Override
  public InputStream open() throws IOException {
    return new DigestingStream(source.open());
  }

  @Override
  public OptionalLong knownSizeBytes() throws IOException {
    return source.knownSizeBytes();
  }

  @Override
  public Optional<Path> localFile() {
    return source.localFile();
  }

  private final class DigestingStream extends FilterInputStream {
    private final Blake2bDigest digest = new Blake2bDigest(BITS);

    DigestingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0) {
        digest.update(bytes, offset, n);
      } else if (n < 0 && hex == null) {
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        hex = HexFormat.of().formatHex(result);
      }
      return n;
    }

    @Override
    public long skip(long count) {
      throw new UnsupportedOperationException("A checksum needs every byte");
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
