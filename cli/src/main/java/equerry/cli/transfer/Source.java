package equerry.cli.transfer;

import equerry.api.Butler;
import equerry.api.file.FileSource;
import equerry.cli.query.ButlerLocation;
import equerry.client.remote.RemoteButler;
import equerry.direct.DirectButler;
import equerry.direct.exchange.StoredFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A repository that datasets are taken from: by its folder, or a server's URL.
///
/// @param butler the butler on it
/// @param files where its files can be read
record Source(Butler butler, FileSource files) implements AutoCloseable {
  static Source open(String location) {
    Butler butler = ButlerLocation.open(location).butler();
    return switch (butler) {
      case DirectButler direct -> new Source(direct, new StoredFiles(direct));
      case RemoteButler remote -> new Source(remote, new ServerLinks(remote));
      default -> throw new IllegalStateException("An unknown kind of butler");
    };
  }

  /// The links of a server.
  private record ServerLinks(RemoteButler remote) implements FileSource {
    @Override
    public Map<UUID, List<Located>> find(List<UUID> ids) {
      Map<UUID, List<Located>> located = new LinkedHashMap<>();
      remote
          .files()
          .findAllLinks(ids)
          .forEach(
              (id, links) ->
                  located.put(
                      id,
                      links.stream().map(link -> new Located(link.record(), link.url())).toList()));
      return located;
    }

    @Override
    public Lifetime lifetime() {
      return Lifetime.MINUTES;
    }
  }

  @Override
  public void close() {
    butler.close();
  }
}
