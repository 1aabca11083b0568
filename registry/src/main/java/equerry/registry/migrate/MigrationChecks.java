package equerry.registry.migrate;

import static java.util.stream.Collectors.toSet;

import equerry.api.error.ButlerException;
import equerry.registry.db.Sql;
import equerry.registry.db.WriteSession;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.StaticTables;
import equerry.registry.schema.TableDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jooq.SQLDialect;

/// Looks, before the commit, whether a migration did what it should.
final class MigrationChecks {
  private MigrationChecks() {}

  static boolean declaresTables(MigrationStep step) {
    return step.changes().stream().anyMatch(Change.Declaration.class::isInstance);
  }

  /// @throws ButlerException.Internal when tables are not as their definitions say
  static void check(WriteSession session) throws SQLException {
    Attributes attributes = Attributes.read(session);
    boolean postgres = session.dialect().jooq() == SQLDialect.POSTGRES;
    for (TableDefinition table : StaticTables.of(attributes.universe(), attributes.variant())) {
      Set<String> expected = Set.copyOf(table.columnNames(session.dialect()));
      Sql listing =
          postgres
              ? Sql.of(
                  "SELECT column_name FROM information_schema.columns"
                      + " WHERE table_schema = current_schema() AND table_name = ?",
                  table.name())
              : Sql.of("SELECT name FROM pragma_table_info(?)", table.name());
      Set<String> found = session.list(listing, row -> row.text(1)).stream().collect(toSet());
      if (!found.equals(expected)) {
        throw failed("table '" + table.name() + "' has the columns " + found);
      }
    }
    if (!postgres) {
      checkSqlite(session);
    }
  }

  private static void checkSqlite(WriteSession session) throws SQLException {
    List<String> faults = session.list(Sql.of("PRAGMA quick_check(1)"), row -> row.text(1));
    if (!faults.equals(List.of("ok"))) {
      throw failed("SQLite finds: " + faults.getFirst());
    }
    if (session.first(Sql.of("PRAGMA foreign_key_check"), row -> row.text(1)).isPresent()) {
      throw failed("a row refers to another that is not there");
    }
  }

  private static ButlerException failed(String fact) {
    return new ButlerException.Internal(
        "The migration was taken back, since afterwards " + fact + ". Nothing was changed.", null);
  }
}
