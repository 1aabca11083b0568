package equerry.registry.doctor;

import equerry.api.file.FileRecord;
import equerry.api.file.StoredFile;
import equerry.registry.RecordTable;
import equerry.registry.db.Database;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The files that a registry has records of, a page at a time.
public final class RecordedFiles {
  /// How many records a page has.
  public static final int PAGE_ROWS = 1000;

  private static final String MEMBER = "#zip-path=";
  private static final String WHOLE_DATASET = "__NULL_STRING__";
  private final Database database;
  private final List<RecordTable> tables;

  RecordedFiles(Database database, List<RecordTable> tables) {
    this.database = database;
    this.tables = List.copyOf(tables);
  }

  /// The records of a datastore's datasets that come after one, those in the trash left out.
  ///
  /// @param after the last of the page before, null for the first page
  public List<StoredFile> page(String datastore, @Nullable StoredFile after) {
    return database.read(
        session -> {
          Optional<RecordTable> table = existing(session, datastore);
          return table.isEmpty() ? List.of() : page(session, table.get(), after);
        });
  }

  private static List<StoredFile> page(
      Session session, RecordTable table, @Nullable StoredFile after) throws SQLException {
    String text =
        "SELECT r.dataset_id, r.component, r.path, r.formatter, r.storage_class, r.checksum,"
            + " r.file_size FROM %s AS r WHERE EXISTS (SELECT 1 FROM dataset_location AS l"
            + " WHERE l.datastore_name = ? AND l.dataset_id = r.dataset_id)%s"
            + " ORDER BY r.dataset_id, r.component LIMIT %d";
    List<@Nullable Object> parameters = new ArrayList<>(List.of(table.datastore()));
    if (after != null) {
      parameters.add(after.record().datasetId());
      parameters.add(stored(after.record().component()));
    }
    String begin = after == null ? "" : " AND (r.dataset_id, r.component) > (?, ?)";
    return session.list(
        new Sql(text.formatted(RecordColumns.quote(table.table()), begin, PAGE_ROWS), parameters),
        row -> read(row, table.datastore()));
  }

  private static String stored(@Nullable String component) {
    return component == null ? WHOLE_DATASET : component;
  }

  private static StoredFile read(Row row, String datastore) throws SQLException {
    String component = row.text(2);
    Long size = row.integerOrNull(7);
    return new StoredFile(
        datastore,
        new FileRecord(
            row.uuid(1),
            component.equals(WHOLE_DATASET) ? null : component,
            row.text(3),
            row.text(4),
            row.text(5),
            row.textOrNull(6),
            size == null ? -1 : size));
  }

  /// Which of some paths records of a datastore have, those in the trash included.
  ///
  /// @param paths at most a few thousand; a zip file counts as named when its members are
  public Set<String> named(String datastore, Collection<String> paths) {
    List<String> zips = paths.stream().filter(path -> path.endsWith(".zip")).toList();
    return database.read(
        session -> {
          Set<String> named = new HashSet<>();
          Optional<RecordTable> table = existing(session, datastore);
          if (table.isPresent() && !paths.isEmpty()) {
            Dialect dialect = session.dialect();
            named.addAll(named(session, table.get(), "r.path", List.copyOf(paths), ""));
            if (!zips.isEmpty()) {
              String zip = dialect.textBefore("r.path", MEMBER);
              String members = " AND r.path LIKE '%" + MEMBER + "%'";
              named.addAll(named(session, table.get(), zip, zips, members));
            }
          }
          return named;
        });
  }

  private static List<String> named(
      Session session, RecordTable table, String expression, List<String> paths, String more)
      throws SQLException {
    String text =
        "SELECT DISTINCT %s FROM %s AS r WHERE %s%s"
            .formatted(
                expression,
                RecordColumns.quote(table.table()),
                session.dialect().inList(expression, ListElement.TEXT),
                more);
    return session.list(Sql.of(text, paths), row -> row.text(1));
  }

  /// The datasets that a datastore is said to have, without any record, that come after one.
  ///
  /// @param after the last of the page before, null for the first page
  public List<UUID> withoutRecord(String datastore, @Nullable UUID after) {
    return database.read(
        session -> {
          Optional<RecordTable> table = existing(session, datastore);
          if (table.isEmpty()) {
            return List.of();
          }
          String begin = after == null ? "" : " AND l.dataset_id > ?";
          List<@Nullable Object> parameters = new ArrayList<>(List.of(datastore));
          if (after != null) {
            parameters.add(after);
          }
          String text =
              ("SELECT l.dataset_id FROM dataset_location AS l WHERE l.datastore_name = ?%s"
                      + " AND EXISTS (SELECT 1 FROM dataset AS d WHERE d.id = l.dataset_id)"
                      + " AND NOT EXISTS (SELECT 1 FROM %s AS r WHERE r.dataset_id = l.dataset_id)"
                      + " ORDER BY l.dataset_id LIMIT %d")
                  .formatted(begin, RecordColumns.quote(table.get().table()), PAGE_ROWS);
          return session.list(new Sql(text, parameters), row -> row.uuid(1));
        });
  }

  private Optional<RecordTable> existing(Session session, String datastore) throws SQLException {
    Optional<RecordTable> table =
        tables.stream().filter(each -> each.datastore().equals(datastore)).findFirst();
    boolean there =
        table.isPresent()
            && session
                .first(session.dialect().tableExists(table.get().table()), row -> true)
                .isPresent();
    return there ? table : Optional.empty();
  }
}
