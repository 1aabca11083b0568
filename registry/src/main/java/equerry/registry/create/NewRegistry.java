package equerry.registry.create;

import static java.util.stream.Collectors.toMap;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.db.Database;
import equerry.registry.db.DatabaseSource;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.db.WriteSession;
import equerry.registry.obscore.ObsCoreConfig;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.schema.ManagerClass;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import equerry.registry.schema.SchemaVariant.IngestDates;
import equerry.registry.schema.StaticTables;
import equerry.registry.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.SQLDialect;

/// The tables of a new repository.
///
/// @param universe the value of `config:dimensions.json`
/// @param variant which of the variants of the tables to make
/// @param obscore what its ObsCore table tells, if it is to have one
public record NewRegistry(String universe, SchemaVariant variant, Optional<ObsCoreConfig> obscore) {

  /// Makes the tables, in one transaction.
  ///
  /// @param source where; a SQLite file or a PostgreSQL schema that is not there is made, a
  ///     PostgreSQL database must be there
  /// @throws ButlerException.Conflict (repository_exists) when there are tables already, whatever
  ///     they are
  /// @throws ButlerException.Invalid (configuration) for a broken universe, or a PostgreSQL database
  ///     without the extension `btree_gist`, or an ObsCore table that it cannot hold
  public void create(DatabaseSource source) {
    DimensionUniverse parsed = Universes.parse(universe);
    try (WritableDatabase database = source.create()) {
      database.write(
          session -> {
            if (session.dialect().jooq() == SQLDialect.POSTGRES) {
              preparePostgres(session, source);
            }
            requireEmpty(session);
            make(session, parsed);
            return true;
          });
    }
  }

  /// Whether the tables at a place are those that [#create] makes there, and nothing has been put into
  /// them since.
  public boolean isUntouchedAt(DatabaseSource source) {
    Sql stored = Sql.of("SELECT name, value FROM butler_attributes");
    Sql first =
        Sql.of(
            "SELECT name FROM collection UNION ALL SELECT name FROM dataset_type"
                + " UNION ALL SELECT table_name FROM opaque_meta");
    try (Database database = source.open()) {
      return database.read(
          session ->
              Map.copyOf(
                          session.list(stored, row -> Map.entry(row.text(1), row.text(2))).stream()
                              .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)))
                      .equals(attributes())
                  && session.first(first, row -> row.text(1)).isEmpty());
    } catch (ButlerException.Internal otherTables) {
      return false;
    }
  }

  private void make(WriteSession session, DimensionUniverse parsed) throws SQLException {
    for (TableDefinition table : StaticTables.of(parsed, variant)) {
      for (String statement : table.statements(session.dialect())) {
        session.define(statement);
      }
    }
    if (obscore.isPresent()) {
      ObsCoreTable.make(session, obscore.get(), parsed);
    }
    Milestone.REGISTRY_TABLES_MADE.passed();
    List<List<String>> rows =
        attributes().entrySet().stream()
            .map(entry -> List.of(entry.getKey(), entry.getValue()))
            .toList();
    session.batch("INSERT INTO butler_attributes (name, value) VALUES (?, ?)", rows);
  }

  /// The rows of `butler_attributes`, in the order in which the stock package writes them.
  Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (ManagerClass manager : managers()) {
      attributes.put("config:registry.managers." + manager.part(), manager.storedName());
      attributes.put("version:" + manager.storedName(), version(manager));
    }
    attributes.put("config:dimensions.json", universe);
    obscore.ifPresent(config -> attributes.put(ObsCoreConfig.ATTRIBUTE, config.storedJson()));
    return attributes;
  }

  private List<ManagerClass> managers() {
    List<ManagerClass> managers = new ArrayList<>();
    managers.add(ManagerClass.ATTRIBUTES);
    managers.add(ManagerClass.DIMENSIONS);
    managers.add(
        variant.collectionKeys() == CollectionKeys.INTEGER
            ? ManagerClass.INTEGER_COLLECTIONS
            : ManagerClass.NAME_COLLECTIONS);
    managers.add(ManagerClass.DATASETS);
    managers.add(ManagerClass.OPAQUE);
    managers.add(ManagerClass.DATASTORES);
    if (obscore.isPresent()) {
      managers.add(ManagerClass.OBSCORE);
    }
    return managers;
  }

  private String version(ManagerClass manager) {
    boolean old =
        manager == ManagerClass.DATASETS && variant.ingestDates() == IngestDates.UTC_TIMESTAMP;
    return old ? manager.versions().getFirst() : manager.versions().getLast();
  }

  /// Lets one maker at a time go on, and makes the schema.
  private static void preparePostgres(WriteSession session, DatabaseSource source)
      throws SQLException {
    session.list(Sql.of("SELECT pg_advisory_xact_lock(hashtext('equerry create'))::text"), r -> "");
    Sql extension = Sql.of("SELECT extname FROM pg_extension WHERE extname = 'btree_gist'");
    if (session.first(extension, row -> row.text(1)).isEmpty()) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The PostgreSQL database has no extension btree_gist, without which the stock package"
              + " refuses it. Somebody who may has to run 'CREATE EXTENSION btree_gist;' in it."
              + " Nothing was changed.");
    }
    String namespace = source.namespace();
    if (namespace != null) {
      Sql schema = Sql.of("SELECT nspname FROM pg_namespace WHERE nspname = ?", namespace);
      if (session.first(schema, row -> row.text(1)).isEmpty()) {
        session.define("CREATE SCHEMA " + RecordColumns.quote(namespace));
      }
    }
  }

  private static void requireEmpty(WriteSession session) throws SQLException {
    Sql tables =
        session.dialect().jooq() == SQLDialect.POSTGRES
            ? Sql.of(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON c.relnamespace = n.oid"
                    + " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')")
            : Sql.of(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                    + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    long found = session.first(tables, row -> row.integer(1)).orElse(0L);
    if (found > 0) {
      throw new ButlerException.Conflict(
          ErrorCode.REPOSITORY_EXISTS,
          "The database, or its schema, holds "
              + found
              + " tables already; a new repository needs an empty one. Nothing was changed. Choose"
              + " another database file, database or namespace.");
    }
  }
}
