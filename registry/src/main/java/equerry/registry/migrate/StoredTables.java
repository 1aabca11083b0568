package equerry.registry.migrate;

import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jooq.SQLDialect;

/// The tables as they are before a migration, and in SQLite their texts as steps change them.
final class StoredTables {
  private final boolean postgres;

  /// The texts of SQLite's tables; in PostgreSQL only the names are of use.
  private final Map<String, String> declarations = new LinkedHashMap<>();

  private StoredTables(boolean postgres) {
    this.postgres = postgres;
  }

  static StoredTables read(Session session) throws SQLException {
    boolean postgres = session.dialect().jooq() == SQLDialect.POSTGRES;
    StoredTables tables = new StoredTables(postgres);
    Sql listing =
        postgres
            ? Sql.of(
                "SELECT tablename, '' FROM pg_tables WHERE schemaname = current_schema()"
                    + " ORDER BY tablename")
            : Sql.of("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name");
    session
        .list(listing, row -> Map.entry(row.text(1), row.text(2)))
        .forEach(entry -> tables.declarations.put(entry.getKey(), entry.getValue()));
    return tables;
  }

  boolean isPostgres() {
    return postgres;
  }

  boolean has(String table) {
    return declarations.containsKey(table);
  }

  /// Changes the texts of SQLite's tables, and tells which they were.
  List<Change> redeclare(UnaryOperator<String> edit) {
    List<Change> changes = new ArrayList<>();
    declarations.replaceAll(
        (table, before) -> {
          String after = edit.apply(before);
          if (!after.equals(before)) {
            changes.add(new Change.Declaration(table, after));
          }
          return after;
        });
    return changes;
  }

  /// Changes the text of one of SQLite's tables.
  List<Change> redeclare(String table, UnaryOperator<String> edit) {
    String before = declarations.getOrDefault(table, "");
    String after = edit.apply(before);
    declarations.put(table, after);
    return after.equals(before) ? List.of() : List.of(new Change.Declaration(table, after));
  }
}
