package equerry.datastore.write;

import equerry.datastore.location.ResourceUri;
import equerry.datastore.storage.ContentSource;
import equerry.datastore.storage.LinkKind;
import java.nio.file.Path;

/// What is to be done for a file of a datastore.
sealed interface FileWork {
  /// Nothing: it is where it will be recorded.
  record Stays() implements FileWork {}

  /// Its bytes are written.
  record Write(ContentSource source) implements FileWork {}

  /// It becomes another name of a local file.
  record MakeLink(Path source, LinkKind kind) implements FileWork {}

  /// It is written, by a link where that can be, and its source is deleted at the end.
  record Move(ResourceUri origin, ContentSource source) implements FileWork {}
}
