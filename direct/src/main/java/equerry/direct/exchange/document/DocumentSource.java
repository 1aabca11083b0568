package equerry.direct.exchange.document;

import java.io.IOException;
import java.io.Reader;

/// A document that can be read as often as it takes.
public interface DocumentSource {
  /// What messages call it.
  String name();

  /// Its text from the begin; the caller closes it.
  Reader open() throws IOException;
}
