package equerry.registry;

import equerry.api.doctor.Ailment;
import equerry.api.error.ButlerException;
import equerry.registry.catalog.Catalog;
import equerry.registry.create.RecordTables;
import equerry.registry.db.DatabaseSource;
import equerry.registry.db.WritableDatabase;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.write.RegistryChanges;
import equerry.registry.write.WriteScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The database of a repository, opened for reading and for writing. Safe for use by many threads.
public final class WritableRegistry implements AutoCloseable {
  private final WritableDatabase database;
  private final Registry readable;
  private final Catalog catalog;
  private final SchemaVariant variant;
  private final List<RecordTable> recordTables;
  private final Optional<ObsCoreTable> obsCore;

  private WritableRegistry(
      WritableDatabase database, Attributes attributes, List<RecordTable> recordTables) {
    this.database = database;
    this.readable = Registry.of(database.readable(), attributes, recordTables);
    this.variant = attributes.variant();
    this.catalog = new Catalog(readable.universe(), variant);
    database
        .readable()
        .read(
            session -> {
              catalog.prepare(session);
              return catalog;
            });
    this.recordTables = List.copyOf(recordTables);
    this.obsCore = ObsCoreTable.find(attributes, readable.universe());
  }

  /// Opens a registry.
  ///
  /// @param source where its tables are
  /// @param recordTables where the repository's datastores keep their records
  /// @throws ButlerException.Unavailable when the database cannot be reached
  /// @throws ButlerException.Invalid (unsupported_repository) for tables of a version that we do not
  ///     write, (configuration) for an ObsCore table that we cannot keep
  public static WritableRegistry open(DatabaseSource source, List<RecordTable> recordTables) {
    WritableDatabase database = source.openForWriting();
    try {
      Attributes attributes = Attributes.read(database.readable());
      attributes.requireWritable();
      RecordTables.ensure(database, recordTables);
      return new WritableRegistry(database, attributes, recordTables);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /// The last commit.
  public Registry readable() {
    return readable;
  }

  /// The ObsCore table, if the repository has one.
  public Optional<ObsCoreTable> obsCore() {
    return obsCore;
  }

  /// Runs work in one transaction (see [WritableDatabase#write]).
  public <T extends @Nullable Object> T write(Function<RegistryChanges, T> work) {
    return database.write(
        session -> {
          try {
            return work.apply(
                new RegistryChanges(
                    new WriteScope(
                        session, database.readable(), catalog, variant, recordTables, obsCore)));
          } catch (WriteScope.Failure failure) {
            throw failure.failure();
          }
        });
  }

  /// Mends what the tables tell how to mend (see [equerry.registry.doctor.Examination]).
  ///
  /// @return how many rows were added, changed or deleted
  public long mend(Ailment ailment) {
    return readable.examination().mend(ailment, database);
  }

  @Override
  public void close() {
    database.close();
  }
}
