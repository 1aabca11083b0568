package equerry.direct;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.ObsCoreSetup;
import equerry.registry.obscore.ObsCoreConfig;
import equerry.registry.schema.ManagerClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/// Gives a repository that was made without it an ObsCore table.
///
/// First the table is made and its configuration kept in the database, in one transaction; then
/// `butler.yaml` names the manager, without which the stock package would pass the table by. A call
/// that was interrupted in between is completed by the same call again.
public final class ObsCoreConfiguration {
  private static final ManagerClass MANAGER = ManagerClass.OBSCORE;

  private ObsCoreConfiguration() {}

  /// What was done.
  ///
  /// @param table whether the table was made, or was there
  /// @param advice what somebody has to add to the configuration by hand, if we could not
  public record Result(ObsCoreSetup.Outcome table, Optional<String> advice) {}

  /// @param location as for [DirectButler#openForWriting]
  /// @param configuration a YAML or JSON file with the ObsCore configuration
  /// @throws ButlerException.Invalid (configuration, unsupported_repository)
  /// @throws ButlerException.Conflict (conflict) when there is a table of another configuration
  public static Result configure(
      String location, Path configuration, DirectButler.Options options) {
    RepositoryConfig repository = RepositoryConfig.read(location, options.environment());
    ObsCoreConfig config = ObsCoreConfig.of(read(configuration));
    ObsCoreSetup.Outcome outcome =
        ObsCoreSetup.configure(DirectButler.source(repository, options), config);
    return new Result(outcome, nameManager(location));
  }

  private static Map<?, ?> read(Path file) {
    try {
      return YamlText.mapping(file);
    } catch (IOException unreadable) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The ObsCore configuration '" + file + "' cannot be read. Nothing was changed.",
          unreadable);
    }
  }

  private static Optional<String> nameManager(String location) {
    String name = MANAGER.part();
    String advice =
        "Add to the repository's butler.yaml, under registry: managers:, the lines\n    %s:\n      cls: %s\n"
                .formatted(name, MANAGER.configuredName())
            + "Without them the stock butler does not keep the table.";
    if (RemoteConfiguration.isRemote(location)) {
      return Optional.of(advice);
    }
    Path file = RepositoryConfig.file(location);
    try {
      String yaml = Files.readString(file);
      if (ManagerEntry.isIn(yaml, name)) {
        return Optional.empty();
      }
      Optional<String> added = ManagerEntry.added(yaml, name, MANAGER.configuredName());
      if (added.isPresent()) {
        Path aside = file.resolveSibling("." + file.getFileName() + ".part");
        Files.writeString(aside, added.get());
        Files.move(
            aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.empty();
      }
    } catch (IOException unwritable) {
      return Optional.of("The table was made, but butler.yaml cannot be written. " + advice);
    }
    return Optional.of(advice);
  }
}
