package equerry.direct.exchange;

import equerry.direct.exchange.document.DocumentSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/// A document in a local file.
record FileDocument(Path file) implements DocumentSource {
  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public Reader open() throws IOException {
    return Files.newBufferedReader(file);
  }
}
