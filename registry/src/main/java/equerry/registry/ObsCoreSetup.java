package equerry.registry;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.DatabaseSource;
import equerry.registry.db.Sql;
import equerry.registry.db.WritableDatabase;
import equerry.registry.db.WriteSession;
import equerry.registry.obscore.ObsCoreConfig;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.ManagerClass;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Gives a repository an ObsCore table that was made without one. The table is empty then.
public final class ObsCoreSetup {
  private ObsCoreSetup() {}

  /// What [#configure] found.
  public enum Outcome {
    MADE,
    /// There is a table of the same configuration.
    PRESENT
  }

  /// Makes the table and keeps its configuration, in one transaction.
  ///
  /// @throws ButlerException.Conflict (conflict) when there is a table of another configuration, or
  ///     another table of its name
  /// @throws ButlerException.Invalid (configuration, unsupported_repository) when this repository
  ///     cannot have it
  public static Outcome configure(DatabaseSource source, ObsCoreConfig config) {
    try (WritableDatabase database = source.openForWriting()) {
      Attributes attributes = Attributes.read(database.readable());
      attributes.requireWritable();
      DimensionUniverse universe = attributes.universe();
      return database.write(session -> configure(session, config, universe));
    }
  }

  private static Outcome configure(
      WriteSession session, ObsCoreConfig config, DimensionUniverse universe) throws SQLException {
    Sql stored =
        Sql.of("SELECT value FROM butler_attributes WHERE name = ?", ObsCoreConfig.ATTRIBUTE);
    Optional<String> present = session.first(stored, row -> row.text(1));
    if (present.isPresent()) {
      if (present.get().equals(config.storedJson())) {
        return Outcome.PRESENT;
      }
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "The repository has an ObsCore table already, with another configuration. Nothing was"
              + " changed. A new configuration needs a migration of the table.");
    }
    Sql table = session.dialect().tableExists(config.tableName());
    if (session.first(table, row -> row.integer(1)).isPresent()) {
      throw new ButlerException.Conflict(
          ErrorCode.CONFLICT,
          "The database has a table '%s' already, which is no ObsCore table of this repository."
                  .formatted(config.tableName())
              + " Nothing was changed. Choose another table_name.");
    }
    ObsCoreTable.make(session, config, universe);
    ManagerClass manager = ManagerClass.OBSCORE;
    session.batch(
        "INSERT INTO butler_attributes (name, value) VALUES (?, ?)",
        List.of(
            List.of("config:registry.managers." + manager.part(), manager.storedName()),
            List.of("version:" + manager.storedName(), manager.versions().getLast()),
            List.of(ObsCoreConfig.ATTRIBUTE, config.storedJson())));
    return Outcome.MADE;
  }
}
