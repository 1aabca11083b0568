package equerry.registry.create;

import equerry.registry.RecordTable;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.db.WriteSession;
import equerry.registry.schema.OpaqueTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Makes the tables of file records that are missing when a repository is opened for writing.
///
/// As in the stock package they are not made with the repository: only a configuration knows their
/// names.
public final class RecordTables {
  private RecordTables() {}

  /// Makes what is missing. A repository that lacks nothing is not written to.
  public static void ensure(WritableDatabase database, List<RecordTable> tables) {
    List<String> names = tables.stream().map(RecordTable::table).distinct().toList();
    boolean complete =
        database
            .readable()
            .read(session -> session.list(listing(), row -> row.text(1)).containsAll(names));
    if (!complete) {
      database.write(
          session -> {
            for (String name : names) {
              ensure(session, name);
            }
            return true;
          });
    }
  }

  private static Sql listing() {
    return Sql.of("SELECT table_name FROM opaque_meta");
  }

  private static void ensure(WriteSession session, String name) throws SQLException {
    Optional<String> lock = session.dialect().tableLock(List.of("opaque_meta"));
    if (lock.isPresent()) {
      session.define(lock.get());
    }
    if (session.first(session.dialect().tableExists(name), row -> true).isEmpty()) {
      for (String statement : OpaqueTables.fileRecords(name).statements(session.dialect())) {
        session.define(statement);
      }
    }
    session.execute(
        Sql.of("INSERT INTO opaque_meta (table_name) VALUES (?) ON CONFLICT DO NOTHING", name));
  }
}
