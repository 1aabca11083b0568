package equerry.registry.migrate;

import java.util.List;

/// A step from one version of the tables to the next.
///
/// @param name what is brought from which version to which
/// @param meaning what that changes for users
/// @param changes what is done, in order
public record MigrationStep(String name, String meaning, List<Change> changes) {
  public MigrationStep {
    changes = List.copyOf(changes);
  }
}
