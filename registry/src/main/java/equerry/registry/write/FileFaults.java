package equerry.registry.write;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.registry.RecordTable;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds out why file records were refused, so that the error can name a dataset. Asks only after
/// the failure, with the failed statement taken back.
final class FileFaults {
  private final WriteScope scope;
  private final RecordTable table;

  FileFaults(WriteScope scope, RecordTable table) {
    this.scope = scope;
    this.table = table;
  }

  ButlerException explain(List<FileRecord> records, SQLException failure) throws SQLException {
    String fact =
        repeated(records)
            .or(() -> scope.call(() -> taken(records)))
            .or(() -> scope.call(() -> unregistered(records)))
            .orElse("A record of a file has an empty value, or one that is too long.");
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT, fact + " Nothing was changed.", failure);
  }

  private static Optional<String> repeated(List<FileRecord> records) {
    Set<List<Object>> keys = new HashSet<>();
    return records.stream()
        .filter(r -> !keys.add(List.of(r.datasetId(), FileRows.component(r))))
        .findFirst()
        .map(r -> "Two files are given for " + describe(r.datasetId(), r.component()) + ".");
  }

  private Optional<String> taken(List<FileRecord> records) throws SQLException {
    Set<List<Object>> keys = new HashSet<>();
    records.forEach(r -> keys.add(List.of(r.datasetId(), FileRows.component(r))));
    String text =
        "SELECT r.dataset_id, r.component, (SELECT count(*) FROM dataset_location l WHERE"
            + " l.dataset_id = r.dataset_id AND l.datastore_name = ?) FROM %s r WHERE %s";
    for (List<UUID> ids : ids(records)) {
      Sql sql =
          Sql.of(
              text.formatted(
                  FileRows.quoted(table),
                  scope.session().dialect().inList("r.dataset_id", ListElement.UUID)),
              table.datastore(),
              ids);
      Optional<String> fact =
          scope
              .session()
              .list(sql, row -> taken(keys, row.uuid(1), row.text(2), row.integer(3) > 0))
              .stream()
              .flatMap(Optional::stream)
              .findFirst();
      if (fact.isPresent()) {
        return fact;
      }
    }
    return Optional.empty();
  }

  private Optional<String> taken(Set<List<Object>> keys, UUID id, String component, boolean live) {
    if (!keys.contains(List.of(id, component))) {
      return Optional.empty();
    }
    String what = "Datastore '" + table.datastore() + "' has a file of dataset " + id;
    return Optional.of(
        live ? what + " already." : what + " in its trash; empty that before you store it again.");
  }

  private Optional<String> unregistered(List<FileRecord> records) throws SQLException {
    for (List<UUID> ids : ids(records)) {
      Set<UUID> missing = new HashSet<>(ids);
      String text =
          "SELECT id FROM dataset WHERE "
              + scope.session().dialect().inList("id", ListElement.UUID);
      scope.session().list(Sql.of(text, ids), row -> row.uuid(1)).forEach(missing::remove);
      if (!missing.isEmpty()) {
        UUID first = ids.stream().filter(missing::contains).findFirst().orElseThrow();
        return Optional.of(
            "Dataset " + first + " is not registered; files can be of registered ones only.");
      }
    }
    return Optional.empty();
  }

  private static Iterable<List<UUID>> ids(List<FileRecord> records) {
    return Batches.of(
        records.stream().map(FileRecord::datasetId).distinct().toList(), FileRows.BATCH);
  }

  private static String describe(UUID id, @Nullable String component) {
    return component == null ? "dataset " + id : "component '" + component + "' of dataset " + id;
  }
}
