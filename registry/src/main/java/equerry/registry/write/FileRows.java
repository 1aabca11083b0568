package equerry.registry.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.registry.RecordTable;
import equerry.registry.db.Constraint;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows that say which datastore has which dataset, and what it remembers of its files.
///
/// Everything is asked and written for a whole batch: the number of statements depends on the
/// datastores and on [#BATCH], never on the files. Callers with more than fits into memory come in
/// pages.
public final class FileRows {
  /// How many identities one statement takes.
  static final int BATCH = 10_000;

  static final List<String> COLUMNS =
      List.of(
          "dataset_id", "component", "path", "formatter", "storage_class", "checksum", "file_size");

  /// The component column of a file that holds a whole dataset.
  private static final String WHOLE_DATASET = "__NULL_STRING__";

  private final WriteScope scope;
  private final TrashRows trash;

  FileRows(WriteScope scope) {
    this.scope = scope;
    this.trash = new TrashRows(scope, this);
  }

  /// What has been given up and is to be deleted.
  public TrashRows trash() {
    return trash;
  }

  /// Adds records, with the rows that say which datastore has the datasets.
  ///
  /// @throws ButlerException.Conflict (conflict) when a datastore has a record of a dataset or
  ///     component already, or a dataset is not registered
  public void add(Collection<StoredFile> files) {
    Map<String, List<FileRecord>> byStore = new LinkedHashMap<>();
    for (StoredFile file : files) {
      byStore.computeIfAbsent(file.datastore(), name -> new ArrayList<>()).add(file.record());
    }
    byStore.forEach((datastore, records) -> scope.call(() -> add(tableOf(datastore), records)));
  }

  private boolean add(RecordTable table, List<FileRecord> records) throws SQLException {
    Set<UUID> datasets = new LinkedHashSet<>();
    records.forEach(record -> datasets.add(record.datasetId()));
    try {
      scope
          .session()
          .nested(
              session -> {
                session.load(quoted(table), COLUMNS, new RecordRows(records));
                Milestone.FILES_RECORDS_WRITTEN.passed();
                for (List<UUID> ids : Batches.of(datasets, BATCH)) {
                  session.execute(location(table.datastore(), ids));
                }
                return true;
              });
      Milestone.FILES_LOCATIONS_WRITTEN.passed();
      return true;
    } catch (SQLException failure) {
      if (Constraint.broken(failure).isEmpty()) {
        throw failure;
      }
      throw new FileFaults(scope, table).explain(records, failure);
    }
  }

  /// The rows of records, each made when it is asked for.
  private static final class RecordRows extends AbstractList<List<@Nullable Object>> {
    private final List<FileRecord> records;

    RecordRows(List<FileRecord> records) {
      this.records = records;
    }

    @Override
    public List<@Nullable Object> get(int index) {
      FileRecord record = records.get(index);
      return Arrays.asList(
          record.datasetId(),
          component(record),
          record.path(),
          record.formatter(),
          record.storageClass(),
          record.checksum(),
          record.sizeBytes());
    }

    @Override
    public int size() {
      return records.size();
    }
  }

  private Sql location(String datastore, List<UUID> ids) {
    return Sql.of(
        ("INSERT INTO dataset_location (datastore_name, dataset_id) SELECT ?, value FROM %s"
                + " WHERE true ON CONFLICT DO NOTHING")
            .formatted(scope.session().dialect().listRows()),
        datastore,
        ids);
  }

  /// The records of datasets that are not in the trash; those without are left out.
  public Map<UUID, List<StoredFile>> find(Collection<UUID> datasets) {
    return scope.call(
        () -> {
          Map<UUID, List<StoredFile>> found = new LinkedHashMap<>();
          for (RecordTable table : scope.recordTables()) {
            for (List<UUID> ids : Batches.of(datasets, BATCH)) {
              for (StoredFile file : find(table, ids)) {
                found.computeIfAbsent(file.record().datasetId(), id -> new ArrayList<>()).add(file);
              }
            }
          }
          return found;
        });
  }

  private List<StoredFile> find(RecordTable table, List<UUID> ids) throws SQLException {
    String text =
        "SELECT %s FROM %s r JOIN dataset_location l ON l.dataset_id = r.dataset_id WHERE"
            + " l.datastore_name = ? AND %s";
    return read(
        table,
        Sql.of(
            text.formatted(
                selected("r"),
                quoted(table),
                scope.session().dialect().inList("l.dataset_id", ListElement.UUID)),
            table.datastore(),
            ids));
  }

  /// The files that a statement with the columns of [#selected] finds.
  List<StoredFile> read(RecordTable table, Sql sql) throws SQLException {
    return scope
        .session()
        .list(
            sql,
            row -> {
              String component = row.text(2);
              return new StoredFile(
                  table.datastore(),
                  new FileRecord(
                      row.uuid(1),
                      component.equals(WHOLE_DATASET) || component.isEmpty() ? null : component,
                      row.text(3),
                      row.text(4),
                      row.text(5),
                      row.textOrNull(6),
                      row.integer(7)));
            });
  }

  /// The columns of a record, for a SELECT.
  static String selected(String table) {
    return table + "." + String.join(", " + table + ".", COLUMNS);
  }

  static String quoted(RecordTable table) {
    return RecordColumns.quote(table.table());
  }

  /// The component as its column has it.
  static String component(FileRecord record) {
    return record.component() == null ? WHOLE_DATASET : record.component();
  }

  /// Where a datastore keeps its records.
  RecordTable tableOf(String datastore) {
    return scope.recordTables().stream()
        .filter(table -> table.datastore().equals(datastore))
        .findFirst()
        .orElseThrow(
            () ->
                new ButlerException.Invalid(
                    ErrorCode.CONFIGURATION,
                    "This repository's configuration has no datastore '" + datastore + "'."));
  }
}
