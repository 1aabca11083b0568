package equerry.registry.write;

import equerry.registry.RecordTable;
import equerry.registry.db.Dialect;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Tells which files of one datastore are named by a dataset that is not in the trash.
///
/// Several datasets may share a file: those that were ingested together, and the members of a zip
/// file, whose paths differ after the `#`. No index finds a zip file's members; one scan of the
/// table looks for all that are asked for.
final class PathUse {
  /// Begins the part of a path that names a member of a zip file.
  private static final String MEMBER = "#zip-path=";

  private final WriteScope scope;
  private final RecordTable table;

  PathUse(WriteScope scope, RecordTable table) {
    this.scope = scope;
    this.table = table;
  }

  /// Those of some paths that are in use, without fragments.
  Set<String> find(Collection<String> paths) throws SQLException {
    Set<String> whole = new LinkedHashSet<>();
    Set<String> zips = new LinkedHashSet<>();
    for (String path : paths) {
      whole.add(path);
      whole.add(artifact(path));
      if (path.contains(MEMBER)) {
        zips.add(artifact(path));
      }
    }
    List<String> used = new ArrayList<>(used("r.path", "", whole));
    String zip = dialect().textBefore("r.path", MEMBER);
    used.addAll(used(zip, " AND r.path LIKE '%" + MEMBER + "%'", zips));
    Set<String> artifacts = new TreeSet<>();
    used.forEach(path -> artifacts.add(artifact(path)));
    return artifacts;
  }

  /// The file that a record's path is of, or in.
  private static String artifact(String path) {
    int fragment = path.lastIndexOf('#');
    return fragment < 0 ? path : path.substring(0, fragment);
  }

  private List<String> used(String expression, String condition, Collection<String> paths)
      throws SQLException {
    List<String> used = new ArrayList<>();
    for (List<String> some : Batches.of(paths, FileRows.BATCH)) {
      String text =
          "SELECT DISTINCT %s FROM %s r WHERE %s%s AND EXISTS (SELECT 1 FROM dataset_location l"
              + " WHERE l.dataset_id = r.dataset_id AND l.datastore_name = ?)";
      used.addAll(
          scope
              .session()
              .list(
                  Sql.of(
                      text.formatted(
                          expression,
                          FileRows.quoted(table),
                          dialect().inList(expression, ListElement.TEXT),
                          condition),
                      some,
                      table.datastore()),
                  row -> row.text(1)));
    }
    return used;
  }

  /// Lets those wait who are about to empty the trash of records with these paths, until this
  /// transaction has ended.
  void lockTrash(Collection<String> paths) throws SQLException {
    String lock = dialect().rowLock();
    if (lock.isEmpty()) {
      return;
    }
    String text =
        "SELECT 1 FROM %s r JOIN dataset_location_trash t ON t.dataset_id = r.dataset_id WHERE"
            + " t.datastore_name = ? AND %s ORDER BY r.dataset_id%s";
    for (List<String> some : Batches.of(paths, FileRows.BATCH)) {
      scope
          .session()
          .list(
              Sql.of(
                  text.formatted(
                      FileRows.quoted(table), dialect().inList("r.path", ListElement.TEXT), lock),
                  table.datastore(),
                  some),
              row -> true);
    }
  }

  private Dialect dialect() {
    return scope.session().dialect();
  }
}
