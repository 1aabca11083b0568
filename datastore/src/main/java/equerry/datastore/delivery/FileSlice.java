package equerry.datastore.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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
  private static final long CHUNK_BYTES = 8L << 20;

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
    transferTo(Channels.newChannel(out));
  }

  /// Writes the bytes to a channel, which stays open; the kernel copies them where it can.
  ///
  /// @throws EOFException as for [#writeTo]
  public void transferTo(WritableByteChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(path, READ)) {
      long done = 0;
      while (done < lengthBytes) {
        long part =
            in.transferTo(startBytes + done, Math.min(CHUNK_BYTES, lengthBytes - done), out);
        if (part <= 0) {
          throw new EOFException("The file became shorter while it was sent");
        }
        done += part;
      }
    }
  }
}
