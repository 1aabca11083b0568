package equerry.registry;

import equerry.api.collection.Collections;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.file.Files;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.api.query.Queries;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Database;
import equerry.registry.db.DatabaseSource;
import equerry.registry.doctor.Examination;
import equerry.registry.lookup.DataIdRewriter;
import equerry.registry.lookup.DatasetFinder;
import equerry.registry.lookup.StoredDatasets;
import equerry.registry.lookup.StoredDatasets.Detail;
import equerry.registry.query.QueryViews;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.SchemaVariant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The database of a repository, opened for reading.
///
/// The universe and the variant of the tables are read once, when it is opened; everything else is
/// of the last commit at each call. Safe for use by many threads.
public final class Registry implements AutoCloseable {
  private final Database database;
  private final DimensionUniverse universe;
  private final CollectionViews collections;
  private final DatasetTypeViews datasetTypes;
  private final DatasetViews datasets;
  private final QueryViews queries;
  private final FileViews files;
  private final Examination examination;

  private Registry(
      Database database,
      DimensionUniverse universe,
      SchemaVariant variant,
      List<RecordTable> recordTables) {
    Catalog catalog = new Catalog(universe, variant);
    this.database = database;
    this.universe = universe;
    this.collections = new CollectionViews(database, catalog);
    this.datasetTypes = new DatasetTypeViews(database, catalog);
    this.queries = new QueryViews(database, catalog, variant);
    DatasetFinder finder =
        new DatasetFinder(database, catalog, new DataIdRewriter(universe, queries));
    StoredDatasets stored = new StoredDatasets(database, catalog, recordTables);
    this.datasets = new DatasetViews(database, catalog, finder, stored);
    this.files = new FileViews(finder, stored);
    this.examination = new Examination(database, catalog, variant, recordTables);
  }

  /// Opens a registry.
  ///
  /// @param source where its tables are
  /// @param recordTables where the repository's datastores keep their records
  /// @throws ButlerException.Unavailable when the database cannot be reached
  /// @throws ButlerException.Invalid (unsupported_repository) for tables of an unknown version
  public static Registry open(DatabaseSource source, List<RecordTable> recordTables) {
    Database database = source.open();
    try {
      return of(database, Attributes.read(database), recordTables);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /// A registry on a database that is open.
  static Registry of(Database database, Attributes attributes, List<RecordTable> recordTables) {
    return new Registry(database, attributes.universe(), attributes.variant(), recordTables);
  }

  public DimensionUniverse universe() {
    return universe;
  }

  public Collections collections() {
    return collections;
  }

  public DatasetTypes datasetTypes() {
    return datasetTypes;
  }

  public Datasets datasets() {
    return datasets;
  }

  public Queries queries() {
    return queries;
  }

  /// Datasets with their file records.
  public Files files() {
    return files;
  }

  /// Looks for what is wrong with the tables.
  public Examination examination() {
    return examination;
  }

  /// How many connections to the database are in use now: none when nothing is asked and no stream
  /// is open.
  public int busyConnections() {
    return database.busyConnections();
  }

  @Override
  public void close() {
    database.close();
  }

  /// [Files] read from the registry.
  private record FileViews(DatasetFinder finder, StoredDatasets stored) implements Files {
    @Override
    public Optional<DatasetFiles> find(UUID id) {
      return stored.find(id, Detail.FILES);
    }

    @Override
    public DatasetFiles load(DatasetLookup lookup) {
      var ref = finder.load(lookup);
      List<StoredFile> found =
          stored.find(ref.id(), Detail.FILES).map(DatasetFiles::files).orElse(List.of());
      return new DatasetFiles(ref, found);
    }

    @Override
    public Map<UUID, List<StoredFile>> findAll(List<UUID> ids) {
      Map<UUID, List<StoredFile>> found = new LinkedHashMap<>();
      for (DatasetFiles dataset : stored.findAll(ids, Detail.FILES)) {
        if (!dataset.files().isEmpty()) {
          found.put(dataset.ref().id(), dataset.files());
        }
      }
      return found;
    }
  }
}
