package equerry.server.repository;

import equerry.api.Butler;
import equerry.api.dataset.StorageClasses;
import equerry.client.wire.WireLimits;
import equerry.client.wire.WireReader;
import equerry.client.wire.WireWriter;
import equerry.datastore.Datastores;
import java.util.function.IntSupplier;

/// An open repository with the codecs for its universe.
public final class ServedRepository {
  private final String label;
  private final Butler butler;
  private final Datastores datastores;
  private final StorageClasses storageClasses;
  private final IntSupplier busyConnections;
  private final WireReader reader;
  private final WireWriter writer;
  private final byte[] universe;

  ServedRepository(String label, RepositoryOpener.Opened opened, WireLimits limits) {
    this.label = label;
    this.butler = opened.butler();
    this.datastores = opened.datastores();
    this.storageClasses = opened.storageClasses();
    this.busyConnections = opened.busyConnections();
    this.reader = new WireReader(butler.universe(), limits);
    this.writer = new WireWriter(butler.universe());
    this.universe = writer.universe();
  }

  public String label() {
    return label;
  }

  public Butler butler() {
    return butler;
  }

  public Datastores datastores() {
    return datastores;
  }

  public StorageClasses storageClasses() {
    return storageClasses;
  }

  /// Reads requests about it.
  public WireReader reader() {
    return reader;
  }

  /// Writes answers about it.
  public WireWriter writer() {
    return writer;
  }

  /// The answer that describes its universe, which does not change while it is open. Not to be
  /// written to.
  public byte[] universe() {
    return universe;
  }

  int busyConnections() {
    return busyConnections.getAsInt();
  }

  void close() {
    butler.close();
  }
}
