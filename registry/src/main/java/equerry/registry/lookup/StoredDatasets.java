package equerry.registry.lookup;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.file.FileRecord;
import equerry.api.file.Files.DatasetFiles;
import equerry.api.file.StoredFile;
import equerry.registry.RecordTable;
import equerry.registry.catalog.Catalog;
import equerry.registry.db.Database;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads datasets by their identities, with their data IDs and file records, in one statement.
///
/// A data ID is in the tags table that its dataset type's row names. The statement has a branch for
/// each such table that is known and reports the name beside; where it meets an unknown one, the
/// tables are read again and the statement is repeated. Storage classes, runs and file records are
/// always read, never remembered.
public final class StoredDatasets {
  private static final JsonMapper JSON = new JsonMapper();

  /// How many identities one statement takes.
  private static final int BATCH = 1000;

  private static final int ATTEMPTS = 3;

  /// The component column of a file that holds a whole dataset.
  private static final String WHOLE_DATASET = "__NULL_STRING__";

  private final Database database;
  private final Catalog catalog;
  private final List<RecordTable> recordTables;
  private volatile Tables tables = Tables.NONE;

  /// @param recordTables where the datastores keep their records, in the order of preference
  public StoredDatasets(Database database, Catalog catalog, List<RecordTable> recordTables) {
    this.database = database;
    this.catalog = catalog;
    this.recordTables = List.copyOf(recordTables);
  }

  /// What is known of the tables.
  ///
  /// @param tags the dimensions of each tags table
  /// @param records the record tables that exist
  private record Tables(Map<String, DimensionGroup> tags, Set<String> records) {
    static final Tables NONE = new Tables(Map.of(), Set.of());
  }

  /// What to read beside the dataset itself.
  public enum Detail {
    DATASET,
    FILES
  }

  /// The dataset of an identity and its files.
  public Optional<DatasetFiles> find(UUID id, Detail detail) {
    return read(List.of(id), detail).stream().findFirst();
  }

  /// The datasets among these identities that exist, each once.
  public List<DatasetFiles> findAll(Collection<UUID> ids, Detail detail) {
    List<UUID> distinct = ids.stream().distinct().toList();
    List<DatasetFiles> found = new ArrayList<>();
    for (int i = 0; i < distinct.size(); i += BATCH) {
      found.addAll(read(distinct.subList(i, Math.min(i + BATCH, distinct.size())), detail));
    }
    return found;
  }

  private List<DatasetFiles> read(List<UUID> ids, Detail detail) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tables known = tables;
      Optional<List<DatasetFiles>> result = attempt(known, ids, detail);
      if (result.isPresent() && !mayMissFiles(result.get(), known, detail)) {
        return result.get();
      }
      Tables fresh = database.read(this::readTables);
      tables = fresh;
      if (result.isPresent() && fresh.equals(known)) {
        return result.get();
      }
    }
    throw new ButlerException.Internal(
        "The tables of this repository do not hold the data IDs of all of its datasets.", null);
  }

  /// A datastore's table appears with its first file, maybe after the tables were read.
  private boolean mayMissFiles(List<DatasetFiles> found, Tables known, Detail detail) {
    return detail == Detail.FILES
        && readable(known).size() < recordTables.size()
        && found.stream().anyMatch(dataset -> dataset.files().isEmpty());
  }

  private List<RecordTable> readable(Tables known) {
    return recordTables.stream().filter(t -> known.records().contains(t.table())).toList();
  }

  /// The datasets, or nothing when a table was met that is not known, or one that is gone.
  private Optional<List<DatasetFiles>> attempt(Tables known, List<UUID> ids, Detail detail) {
    if (known.tags().isEmpty()) {
      return known == Tables.NONE ? Optional.empty() : Optional.of(List.of());
    }
    try {
      return database.read(session -> select(session, known, ids, detail));
    } catch (ButlerException.Internal failure) {
      if (database.isUndefinedObject(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Tables readTables(Session session) throws SQLException {
    Map<String, DimensionGroup> tags = new TreeMap<>();
    catalog
        .types(session)
        .values()
        .forEach(row -> tags.put(row.tagsTable(), row.type().dimensions()));
    Set<String> existing =
        Set.copyOf(session.list(Sql.of("SELECT table_name FROM opaque_meta"), row -> row.text(1)));
    return new Tables(tags, existing);
  }

  /// One row: a dataset and one of its files, if it has any.
  private record Entry(
      UUID id,
      String type,
      String storageClass,
      String tagsTable,
      boolean isCalibration,
      String run,
      @Nullable String dataId,
      @Nullable StoredFile file) {}

  private Optional<List<DatasetFiles>> select(
      Session session, Tables known, List<UUID> ids, Detail detail) throws SQLException {
    List<RecordTable> records = detail == Detail.FILES ? readable(known) : List.of();
    Sql sql = statement(session.dialect(), known, records, ids);
    List<Entry> entries = session.list(sql, row -> entry(row, records));
    Map<UUID, List<Entry>> byId = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!known.tags().containsKey(entry.tagsTable())) {
        return Optional.empty();
      }
      byId.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(entry);
    }
    return Optional.of(byId.values().stream().map(rows -> dataset(known, rows)).toList());
  }

  private static Entry entry(Row row, List<RecordTable> records) throws SQLException {
    UUID id = row.uuid(1);
    Long store = records.isEmpty() ? null : row.integerOrNull(8);
    StoredFile file =
        store == null
            ? null
            : new StoredFile(records.get(store.intValue()).datastore(), record(row, id));
    return new Entry(
        id,
        row.text(2),
        row.text(3),
        row.text(4),
        row.textOrNull(5) != null,
        row.text(6),
        row.textOrNull(7),
        file);
  }

  private static FileRecord record(Row row, UUID id) throws SQLException {
    String component = row.text(9);
    return new FileRecord(
        id,
        component.equals(WHOLE_DATASET) || component.isEmpty() ? null : component,
        row.text(10),
        row.text(11),
        row.text(12),
        row.textOrNull(13),
        row.integer(14));
  }

  private static DatasetFiles dataset(Tables known, List<Entry> rows) {
    Entry first = rows.getFirst();
    DimensionGroup dimensions = Objects.requireNonNull(known.tags().get(first.tagsTable()));
    DatasetType type =
        new DatasetType(first.type(), dimensions, first.storageClass(), first.isCalibration());
    DataId dataId = DataId.of(dimensions, dataIdValues(first));
    List<StoredFile> files = new ArrayList<>();
    rows.stream().map(Entry::file).filter(Objects::nonNull).forEach(files::add);
    return new DatasetFiles(new DatasetRef(first.id(), type, dataId, first.run(), null), files);
  }

  private static List<Object> dataIdValues(Entry entry) {
    if (entry.dataId() == null) {
      throw new ButlerException.Internal(
          "The registry has no data ID for dataset " + entry.id() + " in its run.", null);
    }
    List<Object> values = new ArrayList<>();
    for (Object value : JSON.readValue(entry.dataId(), Object[].class)) {
      values.add(value instanceof Number number ? (Object) number.longValue() : value);
    }
    return values;
  }

  private Sql statement(Dialect dialect, Tables known, List<RecordTable> records, List<UUID> ids) {
    boolean one = ids.size() == 1;
    Object parameter = one ? ids.getFirst() : ids;
    List<@Nullable Object> parameters = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append("SELECT d.id, dt.name, dt.storage_class, dt.tag_association_table,");
    text.append(" dt.calibration_association_table, ").append(runName()).append(", ");
    text.append(dataIdBranches(dialect, known));
    if (!records.isEmpty()) {
      text.append(", f.store, f.component, f.path, f.formatter, f.storage_class, f.checksum,");
      text.append(" f.file_size");
    }
    text.append(" FROM dataset d JOIN dataset_type dt ON dt.id = d.dataset_type_id");
    if (catalog.keys() == CollectionKeys.INTEGER) {
      text.append(" JOIN collection r ON r.collection_id = d.run_id");
    }
    if (!records.isEmpty()) {
      List<String> sides = new ArrayList<>();
      for (int store = 0; store < records.size(); store++) {
        sides.add(recordSide(dialect, records.get(store), store, one));
        parameters.add(records.get(store).datastore());
        parameters.add(parameter);
      }
      text.append(" LEFT JOIN (").append(String.join(" UNION ALL ", sides));
      text.append(") f ON f.dataset_id = d.id");
    }
    text.append(" WHERE ").append(idCondition(dialect, "d.id", one));
    parameters.add(parameter);
    return new Sql(text.toString(), parameters);
  }

  private static String idCondition(Dialect dialect, String column, boolean one) {
    return one ? column + " = ?" : dialect.inList(column, ListElement.UUID);
  }

  private String runName() {
    return catalog.keys() == CollectionKeys.NAME ? "d.run_name" : "r.name";
  }

  /// The data ID as a JSON array, from the tags table that the dataset type names.
  private String dataIdBranches(Dialect dialect, Tables known) {
    CollectionKeys keys = catalog.keys();
    StringBuilder text = new StringBuilder("CASE dt.tag_association_table");
    known
        .tags()
        .forEach(
            (table, dimensions) -> {
              List<String> columns =
                  dimensions.required().stream()
                      .map(name -> "t." + RecordColumns.quote(name))
                      .toList();
              text.append(" WHEN '").append(table).append("' THEN (SELECT ");
              text.append(dialect.jsonArray(columns)).append(" FROM ").append(table);
              text.append(" t WHERE t.dataset_id = d.id AND t.").append(keys.collectionColumn());
              text.append(" = d.").append(keys.runColumn()).append(')');
            });
    return text.append(" END").toString();
  }

  /// The records of one datastore for datasets that it says it has.
  private static String recordSide(Dialect dialect, RecordTable table, int store, boolean one) {
    return ("SELECT %d AS store, x.dataset_id, x.component, x.path, x.formatter, x.storage_class,"
            + " x.checksum, x.file_size FROM dataset_location l JOIN %s x ON x.dataset_id ="
            + " l.dataset_id WHERE l.datastore_name = ? AND %s")
        .formatted(
            store, RecordColumns.quote(table.table()), idCondition(dialect, "l.dataset_id", one));
  }
}
