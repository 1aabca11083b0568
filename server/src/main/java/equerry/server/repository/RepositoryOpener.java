package equerry.server.repository;

import equerry.api.Butler;
import equerry.api.dataset.StorageClasses;
import equerry.datastore.Datastores;
import java.util.function.IntSupplier;

/// Opens the repositories that a server serves.
@FunctionalInterface
public interface RepositoryOpener {
  /// Opens a repository for reading.
  ///
  /// @param label its label, for messages and names of pools
  /// @param configUri path of its directory or `butler.yaml`, or a URI of that
  /// @throws equerry.api.error.ButlerException when it cannot be opened; the message is shown to
  ///     clients
  Opened open(String label, String configUri);

  /// What serving a repository takes.
  ///
  /// @param butler answers the questions; closed with the server
  /// @param datastores where its files are
  /// @param storageClasses which components its dataset types have
  /// @param busyConnections how many connections to its database are in use now
  record Opened(
      Butler butler,
      Datastores datastores,
      StorageClasses storageClasses,
      IntSupplier busyConnections) {
    /// A repository whose connections are not counted.
    public Opened(Butler butler, Datastores datastores, StorageClasses storageClasses) {
      this(butler, datastores, storageClasses, () -> 0);
    }
  }
}
