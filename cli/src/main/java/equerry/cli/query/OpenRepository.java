package equerry.cli.query;

import equerry.api.Butler;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A repository that a command reads.
///
/// @param butler the butler on it
/// @param uris where its files are
public record OpenRepository(Butler butler, Uris uris) implements AutoCloseable {
  /// Tells where files are.
  @FunctionalInterface
  public interface Uris {
    /// The URIs of datasets that have files, by component: a whole dataset under the empty name.
    Map<UUID, Map<String, String>> find(List<UUID> ids);
  }

  @Override
  public void close() {
    butler.close();
  }
}
