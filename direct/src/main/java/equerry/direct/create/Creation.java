package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.direct.DatabaseLogins;
import equerry.registry.create.NewRegistry;
import equerry.registry.db.DatabaseSource;
import equerry.registry.obscore.ObsCoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Makes one repository, step by step.
///
/// The configuration is written beside its place first, so that a full disk or a missing permission
/// shows before the database is touched; then the tables are made; then the configuration is moved to
/// its place. Nobody can open the repository before the last step, which either happens or not.
final class Creation {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String SQLITE = "sqlite:///";
  private final Path root;
  private final Path file;
  private final ConfigTree config;
  private final String text;
  private final String universe;
  private final Map<String, String> environment;

  Creation(
      Path root, Path file, ConfigTree config, String universe, Map<String, String> environment) {
    this.root = root;
    this.file = file;
    this.config = config;
    this.universe = universe;
    this.environment = environment;
    ConfigTree written = config.copy();
    written.remove("registry", "managers", "obscore", "config");
    this.text =
        file.toString().endsWith(".json") ? ConfigText.json(written) : ConfigText.yaml(written);
  }

  Path run() {
    NewRegistry registry = registry();
    DatabaseSource source = source();
    if (Files.exists(file)) {
      throw new ButlerException.Conflict(
          ErrorCode.REPOSITORY_EXISTS,
          "There is a repository already: '"
              + file
              + "' exists. Nothing was changed. Choose another folder.");
    }
    Staging staging = Staging.prepare(root, file, text, sqliteFile(source));
    boolean made = false;
    try {
      make(registry, source, staging);
      made = true;
    } finally {
      if (!made) {
        staging.takeBack();
      }
    }
    Milestone.REPOSITORY_TABLES_COMMITTED.passed();
    staging.publish();
    return file;
  }

  /// Makes the tables; those of a creation that was killed right after them count as made.
  private static void make(NewRegistry registry, DatabaseSource source, Staging staging) {
    try {
      registry.create(source);
    } catch (ButlerException.Conflict occupied) {
      if (!staging.isContinued() || !registry.isUntouchedAt(source)) {
        throw occupied;
      }
    }
  }

  private NewRegistry registry() {
    Managers managers = new Managers(config.section("registry", "managers"));
    Optional<ObsCoreConfig> obscore =
        config
            .find("registry", "managers", "obscore", "config")
            .map(section -> ObsCoreConfig.of((Map<?, ?>) section));
    return new NewRegistry(universe, managers.variant(), obscore);
  }

  private static Optional<Path> sqliteFile(DatabaseSource source) {
    return source.url().startsWith(SQLITE)
        ? Optional.of(Path.of(source.url().substring(SQLITE.length())))
        : Optional.empty();
  }

  private DatabaseSource source() {
    String url = config.find("registry", "db").orElseThrow().toString();
    String database = url.replace("<butlerRoot>", root.toString());
    String namespace = config.find("registry", "namespace").map(String::valueOf).orElse(null);
    return new DatabaseSource(
        database, namespace, DatabaseLogins.of(environment).find(database).orElse(null), 1, WAIT);
  }
}
