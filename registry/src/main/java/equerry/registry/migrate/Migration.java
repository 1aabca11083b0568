package equerry.registry.migrate;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.fault.Milestone;
import equerry.registry.db.Database;
import equerry.registry.db.DatabaseSource;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.db.WriteSession;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.SchemaVariant;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.SQLDialect;

/// The way from the tables that a repository has to those of today.
///
/// @param steps what can be done, in order; none for a repository that is up to date
/// @param notOffered why it ends before today's tables, if it does
public record Migration(List<MigrationStep> steps, List<String> notOffered) {
  public Migration {
    steps = List.copyOf(steps);
    notOffered = List.copyOf(notOffered);
  }

  /// Finds what is to be done. Changes nothing.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) for tables that we do not know
  public static Migration plan(DatabaseSource source) {
    try (Database database = source.open()) {
      Attributes attributes = Attributes.read(database);
      return database.read(session -> plan(session, attributes));
    }
  }

  private static Migration plan(Session session, Attributes attributes) throws SQLException {
    attributes.requireWritable();
    SchemaVariant variant = attributes.variant();
    StoredTables tables = StoredTables.read(session);
    List<MigrationStep> steps = new ArrayList<>();
    List<String> notOffered = new ArrayList<>();
    if (variant.ingestDates() == IngestDates.UTC_TIMESTAMP) {
      steps.add(IngestDateStep.plan(tables));
    }
    DimensionUniverse universe = attributes.universe();
    Optional<Integer> known = KnownUniverse.versionOf(attributes);
    if (known.isEmpty()) {
      notOffered.add(
          "its dimensions ("
              + universe
              + ") are its own or have been changed, so they stay as they are.");
      return new Migration(steps, notOffered);
    }
    UniverseSteps universes =
        new UniverseSteps(tables, variant, tables.isPostgres() ? named(session) : List.of());
    int version = known.get();
    for (Optional<MigrationStep> step = universes.after(version);
        step.isPresent();
        step = universes.after(++version)) {
      steps.add(step.get());
    }
    UniverseSteps.obstacle(version).ifPresent(notOffered::add);
    return new Migration(steps, notOffered);
  }

  /// The tables with a column `instrument` of PostgreSQL.
  private static List<String> named(Session session) throws SQLException {
    return session.list(
        Sql.of(
            "SELECT table_name FROM information_schema.columns"
                + " WHERE table_schema = current_schema() AND column_name = 'instrument'"
                + " AND character_maximum_length = 16 ORDER BY table_name"),
        row -> row.text(1));
  }

  /// Does the steps in one transaction, and looks whether the tables are then what they should be.
  /// Nobody else may use the repository meanwhile; in PostgreSQL others wait.
  ///
  /// @param source where the tables are
  /// @param backup the file that a copy of a SQLite database is put into first; empty for none
  /// @return what was done, which is planned anew under the lock
  /// @throws ButlerException when it fails; nothing is changed then
  public static Migration run(DatabaseSource source, Optional<Path> backup) {
    try (WritableDatabase database = source.openForWriting()) {
      return database.write(
          session -> {
            if (session.dialect().jooq() == SQLDialect.POSTGRES) {
              session.define("LOCK TABLE butler_attributes IN EXCLUSIVE MODE");
            }
            Migration migration = plan(session, Attributes.read(session));
            if (!migration.steps().isEmpty()) {
              if (backup.isPresent()) {
                SqliteFile.copy(source, backup.get());
              }
              migration.apply(session);
            }
            return migration;
          });
    }
  }

  private void apply(WriteSession session) throws SQLException {
    for (MigrationStep step : steps) {
      for (Change change : step.changes()) {
        switch (change) {
          case Change.Statement statement -> session.define(statement.text());
          case Change.Declaration declaration -> SqliteFile.declare(session, declaration);
        }
      }
      Milestone.MIGRATION_STEP_DONE.passed();
    }
    if (steps.stream().anyMatch(MigrationChecks::declaresTables)) {
      SqliteFile.reload(session);
    }
    MigrationChecks.check(session);
  }
}
