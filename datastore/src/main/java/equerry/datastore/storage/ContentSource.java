package equerry.datastore.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Where the bytes of a new file come from. It may be opened several times.
public interface ContentSource {
  /// A new stream from the first byte on; whoever asks for it closes it.
  InputStream open() throws IOException;

  /// How many bytes there are, when that is known without reading them. A source of known size can
  /// be opened again after it was read.
  OptionalLong knownSizeBytes() throws IOException;

  /// The file of this machine that they are in, if it is one.
  default Optional<Path> localFile() {
    return Optional.empty();
  }

  /// Bytes in memory, which must not change.
  static ContentSource of(byte[] bytes) {
    return new ContentSource() {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public OptionalLong knownSizeBytes() {
        return OptionalLong.of(bytes.length);
      }
    };
  }

  /// A file of this machine.
  static ContentSource of(Path file) {
    return new ContentSource() {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }

      @Override
      public OptionalLong knownSizeBytes() throws IOException {
        return OptionalLong.of(Files.size(file));
      }

      @Override
      public Optional<Path> localFile() {
        return Optional.of(file);
      }
    };
  }
}
