package equerry.registry.doctor;

import equerry.registry.RecordTable;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.util.ArrayList;
import java.util.List;

/// Finds contradictions between the rows that say where datasets are stored.
///
/// `dataset_location` and `dataset_location_trash` say which datastore has a dataset or is to delete
/// it; a datastore's own table has its files.
final class StorageProbes {
  private final KnownTables tables;
  private final List<String> datastores;

  /// @param datastores the names of all that the configuration has
  StorageProbes(KnownTables tables, List<String> datastores) {
    this.tables = tables;
    this.datastores = List.copyOf(datastores);
  }

  private static String table(RecordTable table) {
    return RecordColumns.quote(table.table());
  }

  List<Probe> unknownDatastores(Dialect dialect) {
    List<Probe> probes = new ArrayList<>();
    for (String table : List.of("dataset_location", "dataset_location_trash")) {
      String known = dialect.inList("datastore_name", ListElement.TEXT);
      // An empty list has no type of its own.
      Sql rows =
          datastores.isEmpty()
              ? Sql.of("SELECT dataset_id, datastore_name FROM " + table)
              : Sql.of(
                  "SELECT dataset_id, datastore_name FROM %s WHERE NOT (%s)"
                      .formatted(table, known),
                  datastores);
      probes.add(new Probe(table, List.of("dataset", "datastore"), rows, List.of()));
    }
    return probes;
  }

  /// Only rows written by hand can be so; emptying the trash would delete files that are in use.
  List<Probe> liveTrash() {
    String from =
        " FROM dataset_location_trash AS r WHERE EXISTS (SELECT 1 FROM dataset_location AS o"
            + " WHERE o.datastore_name = r.datastore_name AND o.dataset_id = r.dataset_id)";
    return List.of(
        new Probe(
            "dataset_location_trash",
            List.of("dataset", "datastore"),
            Sql.of("SELECT r.dataset_id, r.datastore_name" + from),
            List.of(Sql.of("DELETE" + from))));
  }

  List<Probe> missingLocations() {
    return tables.records().stream().map(this::missingLocations).toList();
  }

  private Probe missingLocations(RecordTable table) {
    String nowhere =
        (" FROM %s AS r WHERE NOT EXISTS (SELECT 1 FROM dataset_location AS o"
                + " WHERE o.datastore_name = ? AND o.dataset_id = r.dataset_id)"
                + " AND NOT EXISTS (SELECT 1 FROM dataset_location_trash AS o"
                + " WHERE o.datastore_name = ? AND o.dataset_id = r.dataset_id)")
            .formatted(table(table));
    String name = table.datastore();
    String registered = " EXISTS (SELECT 1 FROM dataset AS d WHERE d.id = r.dataset_id)";
    String row = " (dataset_id, datastore_name) SELECT DISTINCT r.dataset_id, CAST(? AS TEXT)";
    return new Probe(
        table.table(),
        List.of("dataset", "path"),
        Sql.of("SELECT r.dataset_id, r.path" + nowhere, name, name),
        List.of(
            Sql.of(
                "INSERT INTO dataset_location" + row + nowhere + " AND" + registered,
                name,
                name,
                name),
            Sql.of(
                "INSERT INTO dataset_location_trash" + row + nowhere + " AND NOT" + registered,
                name,
                name,
                name)));
  }

  /// Rows of datasets that do not exist any more are of no use; the others are the caller's to mend,
  /// who knows where files are to be.
  List<Probe> missingRecords() {
    List<Probe> probes = new ArrayList<>();
    String gone =
        " FROM dataset_location AS r WHERE NOT EXISTS"
            + " (SELECT 1 FROM dataset AS d WHERE d.id = r.dataset_id)";
    for (RecordTable table : tables.records()) {
      String name = table.datastore();
      String lacking =
          (" FROM dataset_location AS r WHERE r.datastore_name = ? AND NOT EXISTS"
                  + " (SELECT 1 FROM %s AS o WHERE o.dataset_id = r.dataset_id)"
                  + " AND EXISTS (SELECT 1 FROM dataset AS d WHERE d.id = r.dataset_id)")
              .formatted(table(table));
      probes.add(
          new Probe(
              table.table(),
              List.of("dataset"),
              Sql.of("SELECT r.dataset_id" + lacking, name),
              List.of()));
    }
    probes.add(
        new Probe(
            "dataset_location of no dataset",
            List.of("dataset"),
            Sql.of("SELECT r.dataset_id" + gone),
            List.of(
                Sql.of(
                    "INSERT INTO dataset_location_trash (dataset_id, datastore_name)"
                        + " SELECT r.dataset_id, r.datastore_name"
                        + gone
                        + " ON CONFLICT DO NOTHING"),
                Sql.of("DELETE" + gone))));
    return probes;
  }

  /// What is in the trash. Rows without file records have nothing to delete and are only forgotten.
  List<Probe> trash() {
    List<Probe> probes = new ArrayList<>();
    for (RecordTable table : tables.records()) {
      String lacking =
          (" FROM dataset_location_trash AS r WHERE r.datastore_name = ? AND NOT EXISTS"
                  + " (SELECT 1 FROM %s AS o WHERE o.dataset_id = r.dataset_id)")
              .formatted(table(table));
      probes.add(
          new Probe(
              "dataset_location_trash",
              List.of("dataset", "datastore"),
              Sql.of(
                  "SELECT dataset_id, datastore_name FROM dataset_location_trash"
                      + " WHERE datastore_name = ?",
                  table.datastore()),
              List.of(Sql.of("DELETE" + lacking, table.datastore()))));
    }
    return probes;
  }

  /// Files that several datasets claim though none was ingested with the others: the stock package
  /// cuts the path of a file at a `#` in its run's name, so that all such datasets have one file.
  ///
  /// One file that was ingested for several datasets has one size, and is no fault.
  List<Probe> sharedPaths() {
    return tables.records().stream().map(this::sharedPaths).toList();
  }

  private Probe sharedPaths(RecordTable table) {
    boolean named = tables.variant().collectionKeys() == CollectionKeys.NAME;
    String key = tables.variant().collectionKeys().primaryKey();
    String rows =
        ("SELECT r.path, count(*) AS datasets FROM %1$s AS r"
                + " JOIN dataset AS d ON d.id = r.dataset_id"
                + " JOIN collection AS c ON c.%2$s = d.%3$s"
                + " WHERE r.path IN (SELECT path FROM %1$s GROUP BY path HAVING count(*) > 1)"
                + " AND NOT (r.path LIKE '%%#zip-path=%%' OR r.path LIKE '%%://%%'"
                + " OR r.path LIKE '/%%' OR r.path LIKE 'file:%%')"
                + " GROUP BY r.path HAVING count(*) > 1 AND (count(DISTINCT r.file_size) > 1"
                + " OR max(CASE WHEN c.%4$s LIKE '%%#%%' OR c.%4$s LIKE '%%?%%' THEN 1 ELSE 0 END) = 1)")
            .formatted(table(table), key, tables.run(), named ? key : "name");
    return new Probe(table.table(), List.of("path", "datasets"), Sql.of(rows), List.of());
  }
}
