package equerry.server.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the command line says; what it leaves out comes from elsewhere.
///
/// @param repositories `path`, `path/butler.yaml` or `label=path`
/// @param configFile a JSON file with settings
/// @param host address to listen on
/// @param port port to listen on
/// @param opening when repositories are opened
/// @param anonymous whether a server without logins may listen beyond this machine
/// @param signingKeys file with the keys that sign links to local files
/// @param outsideFiles directories outside the datastores whose files may be served, besides those
///     of the configuration file
public record CommandLine(
    List<String> repositories,
    Optional<Path> configFile,
    Optional<String> host,
    Optional<Integer> port,
    ServerSettings.Opening opening,
    Anonymous anonymous,
    Optional<Path> signingKeys,
    List<Path> outsideFiles) {
  /// Who may read without a login.
  public enum Anonymous {
    /// Only this machine: without Gafaelfawr, the server listens on the loopback address alone.
    THIS_MACHINE_ONLY,
    /// Everybody who can reach the server. To be said explicitly.
    EVERYBODY
  }

  public CommandLine {
    repositories = List.copyOf(repositories);
    outsideFiles = List.copyOf(outsideFiles);
  }

  /// A command line that says nothing.
  public static final CommandLine EMPTY =
      new CommandLine(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ServerSettings.Opening.LAZY,
          Anonymous.THIS_MACHINE_ONLY,
          Optional.empty(),
          List.of());

  /// The same command line with these repositories.
  public CommandLine serving(List<String> others) {
    return new CommandLine(
        others, configFile, host, port, opening, anonymous, signingKeys, outsideFiles);
  }

  /// The same command line with a file of settings.
  public CommandLine reading(Path file) {
    return new CommandLine(
        repositories, Optional.of(file), host, port, opening, anonymous, signingKeys, outsideFiles);
  }

  /// The same command line with an address.
  public CommandLine listeningOn(String address) {
    return new CommandLine(
        repositories,
        configFile,
        Optional.of(address),
        port,
        opening,
        anonymous,
        signingKeys,
        outsideFiles);
  }
}
