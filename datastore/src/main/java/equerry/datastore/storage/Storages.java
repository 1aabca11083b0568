package equerry.datastore.storage;

import equerry.datastore.location.ResourceUri;
import equerry.datastore.object.ObjectClients;
import java.util.Map;

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
