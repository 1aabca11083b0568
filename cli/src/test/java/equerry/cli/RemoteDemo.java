package equerry.cli;

import equerry.server.EquerryServer;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A demo repository behind a server of ours.
///
/// @param server the server
public record RemoteDemo(EquerryServer server) implements AutoCloseable {
  /// Serves a repository on this machine.
  public static RemoteDemo serve(Path root) {
    ServerSettings settings =
        ServerSettings.local(List.of(new RepositorySettings("demo", root.toString(), Set.of("*"))))
            .onPort(0);
    try {
      return new RemoteDemo(EquerryServer.start(settings, DirectRepositories.opener(settings)));
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  /// The URL of the repository.
  public String url() {
    return server.url("demo");
  }

  @Override
  public void close() {
    server.close();
  }
}
