package equerry.cli;

import equerry.api.error.ButlerException;
import equerry.server.repository.RepositoryOpener;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import java.util.ArrayList;
import java.util.List;

/// Looks whether repositories can be served, without serving them.
final class RepositoryCheck {
  private RepositoryCheck() {}

  /// Opens each repository once and says, with its label, what is wrong with it.
  static List<String> faults(ServerSettings settings) {
    RepositoryOpener opener = DirectRepositories.opener(settings);
    List<String> faults = new ArrayList<>();
    for (RepositorySettings repository : settings.repositories()) {
      for (String fault : faults(opener, repository)) {
        faults.add(repository.label() + ": " + fault);
      }
    }
    return faults;
  }

  private static List<String> faults(RepositoryOpener opener, RepositorySettings repository) {
    try {
      RepositoryOpener.Opened opened = opener.open(repository.label(), repository.configUri());
      List<String> faults = List.copyOf(opened.datastores().faults());
      opened.butler().close();
      return faults;
    } catch (ButlerException failure) {
      return List.of(failure.detail());
    }
  }
}
