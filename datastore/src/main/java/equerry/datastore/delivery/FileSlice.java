package equerry.datastore.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A run of bytes of a file that is still to be read.
///
/// @param path the file, without symbolic links
/// @param startBytes offset of the first byte
/// @param lengthBytes number of bytes, possibly 0
public record FileSlice(Path path, long startBytes, long lengthBytes) {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final long BLOCK_BYTES = 128L << 10;

  public FileSlice {
    if (startBytes < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException("A slice starts at 0 or later and has no negative length");
    }
  }

  /// Writes the bytes to a stream, which stays open.
  ///
  /// @throws EOFException when the file has become shorter since the answer was made: the promised
  ///     `Content-Length` cannot be kept and the connection must be broken off
  public void writeTo(OutputStream out) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK_BYTES, lengthBytes)];
    try (SeekableByteChannel in = Files.newByteChannel(path, READ)) {
      in.position(startBytes);
      long left = lengthBytes;
      while (left > 0) {
        int read = in.read(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, left)));
        if (read <= 0) {
          throw new EOFException("The file became shorter while it was sent");
        }
        out.write(block, 0, read);
        left -= read;
      }
    }
  }
}
