package equerry.registry.write;

import equerry.api.fault.Milestone;
import equerry.api.file.StoredFile;
import equerry.registry.RecordTable;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The datasets whose files have been given up: they can no longer be found, and their files are
/// deleted after the commit that gave them up.
///
/// To empty the trash is: [#page], delete those of its files whose paths are not [#pathsInUse],
/// [#forget] the page, commit; until a page is empty.
public final class TrashRows {
  /// How many given up datasets a transaction remembers one by one.
  public static final int MAX_REMEMBERED = 100_000;

  private final WriteScope scope;
  private final FileRows files;
  private final Set<UUID> remembered = new LinkedHashSet<>();
  private boolean forgotten;

  TrashRows(WriteScope scope, FileRows files) {
    this.scope = scope;
    this.files = files;
  }

  /// A part of the trash.
  public sealed interface Part {
    /// Whether there is nothing in it for sure.
    boolean isEmpty();

    /// Smaller parts that make up this one.
    ///
    /// @param datasets how many datasets of those that are known one by one a part has at most
    List<Part> slices(int datasets);

    /// These datasets, at most [#MAX_REMEMBERED]; none when nothing was given up. Their order is
    /// kept: neighbours in it lie close to each other in tables and indexes, too.
    record Datasets(Set<UUID> ids) implements Part {
      public Datasets {
        ids = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
      }

      @Override
      public boolean isEmpty() {
        return ids.isEmpty();
      }

      @Override
      public List<Part> slices(int datasets) {
        List<Part> slices = new ArrayList<>();
        Batches.of(ids, datasets)
            .forEach(slice -> slices.add(new Datasets(new LinkedHashSet<>(slice))));
        return slices;
      }
    }

    /// Whatever lies in the trash.
    record Everything() implements Part {
      @Override
      public boolean isEmpty() {
        return false;
      }

      @Override
      public List<Part> slices(int datasets) {
        return List.of(this);
      }
    }
  }

  /// What to empty after the commit: what this transaction has given up or, when that is too much to
  /// remember, everything.
  public Part filled() {
    return forgotten ? new Part.Everything() : new Part.Datasets(remembered);
  }

  /// Gives the files of datasets up; those without files are passed over.
  public void add(Collection<UUID> datasets) {
    String condition = dialect().inList("dataset_id", ListElement.UUID);
    for (List<UUID> ids : Batches.of(datasets, FileRows.BATCH)) {
      scope.call(() -> move(condition, ids));
    }
    Milestone.TRASH_FILLED.passed();
  }

  /// Gives the files of whole runs up.
  ///
  /// @param runs their keys
  void addRuns(List<Object> runs) throws SQLException {
    String inRuns =
        "dataset_id IN (SELECT id FROM dataset WHERE %s)"
            .formatted(scope.inKeys(scope.variant().collectionKeys().runColumn()));
    move(inRuns, runs);
    Milestone.TRASH_FILLED.passed();
  }

  /// @param condition with one list parameter
  private boolean move(String condition, List<?> list) throws SQLException {
    for (RecordTable table : scope.recordTables()) {
      String chosen = "datastore_name = ? AND " + condition;
      scope
          .session()
          .execute(
              Sql.of(
                  "INSERT INTO dataset_location_trash (datastore_name, dataset_id) SELECT"
                      + " datastore_name, dataset_id FROM dataset_location WHERE "
                      + chosen
                      + " ON CONFLICT DO NOTHING",
                  table.datastore(),
                  list));
      remember(
          Sql.of(
              "SELECT dataset_id FROM dataset_location_trash WHERE %s LIMIT %d"
                  .formatted(chosen, MAX_REMEMBERED + 1),
              table.datastore(),
              list));
      scope
          .session()
          .execute(
              Sql.of(
                  "DELETE FROM dataset_location WHERE "
                      + chosen
                      + " AND EXISTS (SELECT 1 FROM dataset_location_trash t WHERE t.dataset_id ="
                      + " dataset_location.dataset_id AND t.datastore_name ="
                      + " dataset_location.datastore_name)",
                  table.datastore(),
                  list));
    }
    return true;
  }

  private void remember(Sql sql) throws SQLException {
    if (!forgotten) {
      remembered.addAll(scope.session().list(sql, row -> row.uuid(1)));
      forgotten = remembered.size() > MAX_REMEMBERED;
    }
    if (forgotten) {
      remembered.clear();
    }
  }

  /// Records of a part of the trash, at most so many; none when there are no more. Those that
  /// another process is emptying now are passed over, and so are those of datasets that have files
  /// again.
  public List<StoredFile> page(Part part, int rows) {
    return scope.call(
        () ->
            switch (part) {
              case Part.Everything all -> page("", List.of(), rows);
              case Part.Datasets some ->
                  page(
                      " AND " + dialect().inList("t.dataset_id", ListElement.UUID),
                      List.of(List.copyOf(some.ids())),
                      rows);
            });
  }

  private List<StoredFile> page(String condition, List<Object> parameters, int rows)
      throws SQLException {
    for (RecordTable table : scope.recordTables()) {
      String text =
          "SELECT %s FROM %s r JOIN dataset_location_trash t ON t.dataset_id = r.dataset_id WHERE"
              + " t.datastore_name = ?%s AND NOT EXISTS (SELECT 1 FROM dataset_location l WHERE"
              + " l.datastore_name = t.datastore_name AND l.dataset_id = t.dataset_id) LIMIT %d%s";
      List<Object> all = new ArrayList<>(List.of(table.datastore()));
      all.addAll(parameters);
      List<StoredFile> found =
          files.read(
              table,
              new Sql(
                  text.formatted(
                      FileRows.selected("r"),
                      FileRows.quoted(table),
                      condition,
                      rows,
                      dialect().skippingRowLock()),
                  all));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /// Which files of a datastore are named by a dataset that is not in the trash.
  ///
  /// @param paths paths of records; a zip file may be named by its members
  /// @return those that are in use, zip files by their own paths
  public Set<String> pathsInUse(String datastore, Collection<String> paths) {
    RecordTable table = files.tableOf(datastore);
    return scope.call(() -> new PathUse(scope, table).find(paths));
  }

  /// As [#pathsInUse], for paths that files are to be placed under: records of the trash with those
  /// paths are locked until the end of the transaction, so that a process that empties the trash does
  /// not delete the new files. Waits for one that is at it.
  public Set<String> claim(String datastore, Collection<String> paths) {
    RecordTable table = files.tableOf(datastore);
    scope.run(() -> new PathUse(scope, table).lockTrash(paths));
    return pathsInUse(datastore, paths);
  }

  /// Forgets records of the trash whose files have gone, or stay for others.
  public void forget(Collection<StoredFile> gone) {
    Map<String, Map<String, List<UUID>>> byStore = new LinkedHashMap<>();
    for (StoredFile file : gone) {
      byStore
          .computeIfAbsent(file.datastore(), name -> new LinkedHashMap<>())
          .computeIfAbsent(FileRows.component(file.record()), name -> new ArrayList<>())
          .add(file.record().datasetId());
    }
    byStore.forEach(
        (datastore, byComponent) ->
            scope.call(() -> forget(files.tableOf(datastore), byComponent)));
    Milestone.TRASH_FORGOTTEN.passed();
  }

  private boolean forget(RecordTable table, Map<String, List<UUID>> byComponent)
      throws SQLException {
    Set<UUID> datasets = new LinkedHashSet<>();
    for (Map.Entry<String, List<UUID>> component : byComponent.entrySet()) {
      String text =
          "DELETE FROM %s WHERE component = ? AND %s"
              .formatted(FileRows.quoted(table), dialect().inList("dataset_id", ListElement.UUID));
      for (List<UUID> ids : Batches.of(component.getValue(), FileRows.BATCH)) {
        scope.session().execute(Sql.of(text, component.getKey(), ids));
        datasets.addAll(ids);
      }
    }
    String text =
        "DELETE FROM dataset_location_trash WHERE datastore_name = ? AND %s AND NOT EXISTS"
            + " (SELECT 1 FROM %s r WHERE r.dataset_id = dataset_location_trash.dataset_id)";
    for (List<UUID> ids : Batches.of(datasets, FileRows.BATCH)) {
      scope
          .session()
          .execute(
              Sql.of(
                  text.formatted(
                      dialect().inList("dataset_id", ListElement.UUID), FileRows.quoted(table)),
                  table.datastore(),
                  ids));
    }
    return true;
  }

  private Dialect dialect() {
    return scope.session().dialect();
  }
}
