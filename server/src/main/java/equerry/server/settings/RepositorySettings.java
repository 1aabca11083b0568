package equerry.server.settings;

import java.util.Set;

/// A repository to serve.
///
/// @param label its name in URLs
/// @param configUri where its `butler.yaml` is: a path of that file or of its directory, or a URI
/// @param authorizedGroups the groups that may read it; `*` for everybody
public record RepositorySettings(String label, String configUri, Set<String> authorizedGroups) {
  public RepositorySettings {
    authorizedGroups = Set.copyOf(authorizedGroups);
    if (label.isBlank() || configUri.isBlank()) {
      throw new IllegalArgumentException("A repository needs a label and a configuration.");
    }
  }
}
