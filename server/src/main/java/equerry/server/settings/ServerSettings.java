package equerry.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a server must be told.
///
/// @param host address to listen on
/// @param port port to listen on, 0 for any that is free
/// @param repositories what to serve
/// @param gafaelfawr where Gafaelfawr's API is; empty when users are not told apart
/// @param authentication what clients do with tokens
/// @param staticFiles directory served under `/api/butler/configs/`
/// @param opening when repositories are opened
/// @param limits ceilings
/// @param signingKeys file with the keys that sign links to local files; empty for a key that is
///     made at the start and lives as long as the process
/// @param outsideFiles directories outside the datastores whose files may be served when a record
///     or a symbolic link leads there
/// @param environment the environment, for the parts that read more of it (databases, object
///     stores)
public record ServerSettings(
    String host,
    int port,
    List<RepositorySettings> repositories,
    Optional<URI> gafaelfawr,
    Authentication authentication,
    Optional<Path> staticFiles,
    Opening opening,
    Limits limits,
    Optional<Path> signingKeys,
    List<Path> outsideFiles,
    Map<String, String> environment) {
  /// When repositories are opened.
  public enum Opening {
    /// At their first request.
    LAZY,
    /// When the server starts; one that cannot be opened is logged and tried again when asked for.
    EAGER
  }

  public ServerSettings {
    repositories = List.copyOf(repositories);
    outsideFiles = List.copyOf(outsideFiles);
    environment = Map.copyOf(environment);
  }

  /// Settings for repositories on this machine, all else by default.
  public static ServerSettings local(List<RepositorySettings> repositories) {
    return new ServerSettings(
        "127.0.0.1",
        8080,
        repositories,
        Optional.empty(),
        Authentication.RUBIN_SCIENCE_PLATFORM,
        Optional.empty(),
        Opening.LAZY,
        Limits.DEFAULT,
        Optional.empty(),
        List.of(),
        System.getenv());
  }

  /// The same settings on another port.
  public ServerSettings onPort(int another) {
    return new ServerSettings(
        host,
        another,
        repositories,
        gafaelfawr,
        authentication,
        staticFiles,
        opening,
        limits,
        signingKeys,
        outsideFiles,
        environment);
  }

  /// The same settings with other limits.
  public ServerSettings within(Limits others) {
    return new ServerSettings(
        host,
        port,
        repositories,
        gafaelfawr,
        authentication,
        staticFiles,
        opening,
        others,
        signingKeys,
        outsideFiles,
        environment);
  }
}
