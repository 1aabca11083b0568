package equerry.registry.doctor;

import equerry.api.doctor.Ailment;
import equerry.api.doctor.Finding;
import equerry.registry.RecordTable;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Database;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.doctor.ProbeCheck.ProbeSource;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Looks for what is wrong with the tables of a registry, and mends it.
///
/// Nothing is held in memory but a page of rows. Whatever is looked for is looked for in one
/// statement, or page, so a change under way is no finding.
public final class Examination {
  private final Database database;
  private final Catalog catalog;
  private final SchemaVariant variant;
  private final List<RecordTable> recordTables;
  private final Map<Ailment, Check> checks = new EnumMap<>(Ailment.class);

  public Examination(
      Database database, Catalog catalog, SchemaVariant variant, List<RecordTable> recordTables) {
    this.database = database;
    this.catalog = catalog;
    this.variant = variant;
    this.recordTables = List.copyOf(recordTables);
    List<String> datastores = recordTables.stream().map(RecordTable::datastore).toList();
    add(Ailment.MISSING_TABLES, this::missingTables);
    addOnTables(Ailment.LEFTOVER_ROWS, tables -> new ReferenceProbes(tables).leftovers());
    addOnTables(Ailment.BROKEN_REFERENCES, tables -> new ReferenceProbes(tables).broken());
    addOnTables(Ailment.MISSING_SUMMARIES, tables -> new MemberProbes(tables).summaries());
    addOnTables(Ailment.MISSING_TAGS, tables -> new MemberProbes(tables).tags());
    addOnTables(Ailment.MISSING_OVERLAP_SUMMARIES, OverlapProbes::summaries);
    checks.put(Ailment.WRONG_OVERLAPS, new OverlapCheck(this::tables));
    addOnTables(
        Ailment.AMBIGUOUS_CALIBRATIONS,
        tables -> new MemberProbes(tables).ambiguous(database.dialect()));
    addOnTables(
        Ailment.UNKNOWN_DATASTORES,
        tables -> new StorageProbes(tables, datastores).unknownDatastores(database.dialect()));
    addOnTables(Ailment.LIVE_TRASH, tables -> new StorageProbes(tables, datastores).liveTrash());
    addOnTables(
        Ailment.MISSING_LOCATIONS,
        tables -> new StorageProbes(tables, datastores).missingLocations());
    addOnTables(
        Ailment.MISSING_RECORDS, tables -> new StorageProbes(tables, datastores).missingRecords());
    addOnTables(Ailment.TRASH, tables -> new StorageProbes(tables, datastores).trash());
    addOnTables(
        Ailment.SHARED_PATHS, tables -> new StorageProbes(tables, datastores).sharedPaths());
  }

  private void add(Ailment ailment, ProbeSource probes) {
    checks.put(ailment, new ProbeCheck(ailment, probes));
  }

  private void addOnTables(Ailment ailment, Function<KnownTables, List<Probe>> probes) {
    add(ailment, session -> probes.apply(tables(session)));
  }

  private KnownTables tables(Session session) throws SQLException {
    return KnownTables.read(session, catalog, variant, recordTables);
  }

  private List<Probe> missingTables(Session session) throws SQLException {
    KnownTables tables = tables(session);
    List<Probe> probes = new ArrayList<>();
    for (TableDefinition table : tables.expected()) {
      if (!tables.has(table.name())) {
        probes.add(
            new Probe(
                "the database",
                List.of("has no table"),
                Sql.of("SELECT CAST(? AS TEXT)", table.name()),
                table.statements(session.dialect()).stream().map(Sql::of).toList()));
      }
    }
    return probes;
  }

  /// The files that the tables have records of.
  public RecordedFiles files() {
    return new RecordedFiles(database, recordTables);
  }

  /// Whether an ailment is one of the tables.
  public boolean knows(Ailment ailment) {
    return checks.containsKey(ailment);
  }

  /// How much there is of an ailment. Reads only.
  public Finding examine(Ailment ailment) {
    return check(ailment).examine(database);
  }

  /// Mends what tables tell how to mend; what files must tell is left to the caller.
  ///
  /// @return how many rows were added, changed or deleted
  public long mend(Ailment ailment, WritableDatabase writable) {
    return check(ailment).mend(writable);
  }

  private Check check(Ailment ailment) {
    Check check = checks.get(ailment);
    if (check == null) {
      throw new IllegalArgumentException(ailment + " is none of the tables");
    }
    return check;
  }
}
