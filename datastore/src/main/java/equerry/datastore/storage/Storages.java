package equerry.datastore.storage;

import equerry.datastore.location.ResourceUri;
import equerry.datastore.object.ObjectClients;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;

/// The storages by kind.
public final class Storages implements AutoCloseable {
  private final LocalStorage local = new LocalStorage();
  private final ObjectClients clients;
  private final ObjectStorage objects;
  private final WebStorage web;

  /// @param environment variables that describe object stores, and credentials
  public Storages(Map<String, String> environment) {
    this.clients = new ObjectClients(environment);
    this.objects = new ObjectStorage(clients);
    this.web = new WebStorage(environment);
  }

  /// The storage that a URI is in.
  public Storage of(ResourceUri uri) {
    return switch (uri.kind()) {
      case LOCAL -> local;
      case S3, GOOGLE -> objects;
      case WEB -> web;
    };
  }

  /// The bytes of a file wherever it is. It is looked for when it is opened or its size is asked for.
  public ContentSource content(ResourceUri uri) {
    Storage storage = of(uri);
    if (storage == local) {
      return ContentSource.of(LocalStorage.path(uri));
    }
    return new ContentSource() {
      @Override
      public InputStream open() {
        return storage.open(uri);
      }

      @Override
      public OptionalLong knownSizeBytes() {
        OptionalLong size = storage.sizeBytes(uri);
        if (size.isEmpty()) {
          throw FileFaults.missing(uri.decodedPath());
        }
        return size.getAsLong() < 0 ? OptionalLong.empty() : size;
      }
    };
  }

  /// The local storage.
  public LocalStorage local() {
    return local;
  }

  @Override
  public void close() {
    web.close();
    clients.close();
  }
}
