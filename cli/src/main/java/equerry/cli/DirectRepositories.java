package equerry.cli;

import equerry.direct.DirectButler;
import equerry.server.repository.RepositoryOpener;
import equerry.server.settings.ServerSettings;

/// Opens the repositories of a server straight on their databases.
final class DirectRepositories {
  private DirectRepositories() {}

  static RepositoryOpener opener(ServerSettings settings) {
    DirectButler.Options options =
        new DirectButler.Options(
            settings.environment(),
            settings.limits().databaseConnections(),
            settings.limits().databaseWait());
    return (label, location) -> {
      DirectButler butler = DirectButler.open(location, options);
      return new RepositoryOpener.Opened(
          butler, butler.datastores(), butler.storageClasses(), butler::busyConnections);
    };
  }
}
