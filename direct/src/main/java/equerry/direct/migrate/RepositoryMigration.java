package equerry.direct.migrate;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.DatabaseLogins;
import equerry.direct.RepositoryConfig;
import equerry.registry.db.DatabaseSource;
import equerry.registry.migrate.Migration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/// Brings the tables of one repository up to date. Its configuration and its files stay as they are.
public final class RepositoryMigration {
  private static final String SQLITE = "sqlite:///";
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private final DatabaseSource source;

  private RepositoryMigration(DatabaseSource source) {
    this.source = source;
  }

  /// Finds the database of a repository.
  ///
  /// @param location as for [equerry.direct.DirectButler#open]
  /// @param environment names logins, object stores and labels
  public static RepositoryMigration of(String location, Map<String, String> environment) {
    RepositoryConfig config = RepositoryConfig.read(location, environment);
    return new RepositoryMigration(
        new DatabaseSource(
            config.database(),
            config.namespace(),
            DatabaseLogins.of(environment).find(config.database()).orElse(null),
            1,
            WAIT));
  }

  /// What is done about a copy of the database before it is changed.
  public enum Backup {
    /// Made, beside the database.
    MADE,
    /// Left to the caller.
    LEFT
  }

  /// What is to be done. Changes nothing.
  public Migration plan() {
    return Migration.plan(source);
  }

  /// Does it, in one transaction.
  ///
  /// @throws ButlerException.Invalid (configuration) when a copy is to be made of PostgreSQL
  public Migration run(Backup backup) {
    return switch (backup) {
      case LEFT -> Migration.run(source, Optional.empty());
      case MADE -> Migration.run(source, Optional.of(copy()));
    };
  }

  /// The file that a copy made now would be.
  ///
  /// @throws ButlerException.Invalid (configuration) for PostgreSQL, whose own tools copy it
  public Path copy() {
    if (!source.url().startsWith(SQLITE)) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "A PostgreSQL database is copied with its own tools: make a copy, such as 'pg_dump"
              + " --format=custom --file=before.dump"
              + (source.namespace() == null ? "" : " --schema=" + source.namespace())
              + " DATABASE', then run this again with --no-backup. Nothing was changed.");
    }
    String stamp = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC).format(STAMP);
    return Path.of(source.url().substring(SQLITE.length()) + ".before-" + stamp);
  }
}
