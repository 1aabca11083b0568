package equerry.direct;

import equerry.api.Butler;
import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dataset.StorageClasses;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.file.Files;
import equerry.api.query.Queries;
import equerry.datastore.DatastoreSection;
import equerry.datastore.Datastores;
import equerry.datastore.WritableStores;
import equerry.datastore.write.StoreWriter;
import equerry.registry.RecordTable;
import equerry.registry.Registry;
import equerry.registry.WritableRegistry;
import equerry.registry.db.DatabaseSource;
import equerry.registry.doctor.Examination;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A butler straight on a repository's database and datastores, for reading.
public final class DirectButler implements Butler {
  private final Registry registry;
  private final Datastores datastores;
  private final StorageClasses storageClasses;
  private final ServedFiles files;

  private DirectButler(Registry registry, Datastores datastores, StorageClasses storageClasses) {
    this.registry = registry;
    this.datastores = datastores;
    this.storageClasses = storageClasses;
    this.files = new ServedFiles(registry.files(), datastores);
  }

  /// How a repository is opened.
  ///
  /// @param environment variables that name logins and roots
  /// @param connections how many connections to its database at most
  /// @param connectionWait how long work waits for one of them before it fails as `database_busy`
  public record Options(Map<String, String> environment, int connections, Duration connectionWait) {
    /// How many connections a butler has unless it is told otherwise.
    public static final int DEFAULT_CONNECTIONS = 8;

    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    public Options {
      environment = Map.copyOf(environment);
    }

    /// The process's own environment and a handful of connections.
    public static Options defaults() {
      return new Options(System.getenv(), DEFAULT_CONNECTIONS, DEFAULT_WAIT);
    }

    /// These options with another environment.
    public Options withEnvironment(Map<String, String> other) {
      return new Options(other, connections, connectionWait);
    }
  }

  /// Opens a repository read-only.
  ///
  /// @param location a folder with a `butler.yaml`, such a file, a URI of either (`file`, `http(s)`,
  ///     `s3`, `gs`), or a label of the [RepositoryIndex]
  /// @throws ButlerException.Unavailable when its files or its database cannot be reached
  /// @throws ButlerException.Invalid (configuration, unsupported_repository)
  public static DirectButler open(String location, Options options) {
    RepositoryConfig config = RepositoryConfig.read(location, options.environment());
    Datastores datastores =
        DatastoreSection.read(config.datastore(), config.root(), options.environment());
    StorageClasses storageClasses = StorageClassSection.read(config.storageClasses());
    Registry registry = Registry.open(source(config, options), recordTables(datastores));
    return new DirectButler(registry, datastores, storageClasses);
  }

  /// Opens a repository for reading and writing.
  ///
  /// @param location as for [#open]
  /// @throws ButlerException.Unavailable when its files or its database cannot be reached or written
  /// @throws ButlerException.Invalid (configuration, unsupported_repository)
  public static WritableDirectButler openForWriting(String location, Options options) {
    RepositoryConfig config = RepositoryConfig.read(location, options.environment());
    Datastores datastores =
        DatastoreSection.read(config.datastore(), config.root(), options.environment());
    StorageClasses storageClasses = StorageClassSection.read(config.storageClasses());
    WritableRegistry registry =
        WritableRegistry.open(source(config, options), recordTables(datastores));
    try {
      WritableStores stores =
          DatastoreSection.readForWriting(
              config.datastore(),
              config.root(),
              options.environment(),
              registry.readable().universe());
      return new WritableDirectButler(
          new DirectButler(registry.readable(), datastores, storageClasses),
          registry,
          new StoreWriter(stores, storageClasses, options.environment()));
    } catch (RuntimeException failure) {
      registry.close();
      throw failure;
    }
  }

  private static List<RecordTable> recordTables(Datastores datastores) {
    return datastores.files().stream()
        .map(store -> new RecordTable(store.name(), store.recordsTable()))
        .toList();
  }

  static DatabaseSource source(RepositoryConfig config, Options options) {
    return new DatabaseSource(
        config.database(),
        config.namespace(),
        DatabaseLogins.of(options.environment()).find(config.database()).orElse(null),
        options.connections(),
        options.connectionWait());
  }

  @Override
  public DimensionUniverse universe() {
    return registry.universe();
  }

  @Override
  public Collections collections() {
    return registry.collections();
  }

  @Override
  public DatasetTypes datasetTypes() {
    return registry.datasetTypes();
  }

  @Override
  public Datasets datasets() {
    return registry.datasets();
  }

  @Override
  public Queries queries() {
    return registry.queries();
  }

  @Override
  public Files files() {
    return files;
  }

  /// The datastores that hold the files.
  public Datastores datastores() {
    return datastores;
  }

  /// The components of the storage classes, those of the stock package included.
  public StorageClasses storageClasses() {
    return storageClasses;
  }

  /// Looks for what is wrong with the tables.
  public Examination examination() {
    return registry.examination();
  }

  /// How many connections to the database are in use now: none when nothing is asked and no stream
  /// is open.
  public int busyConnections() {
    return registry.busyConnections();
  }

  @Override
  public void close() {
    registry.close();
  }
}
