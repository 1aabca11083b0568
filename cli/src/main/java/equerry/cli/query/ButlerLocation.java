package equerry.cli.query;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.StoredFile;
import equerry.client.remote.Options;
import equerry.client.remote.RemoteButler;
import equerry.datastore.Datastores;
import equerry.direct.DirectButler;
import equerry.direct.RepositoryIndex;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens what the commands call REPO: a folder with a `butler.yaml`, such a file, a URI of either, the
/// URL of a butler server's repository, or a label for one of them (see [RepositoryIndex]). Tokens
/// for servers come from the environment.
public final class ButlerLocation {
  private ButlerLocation() {}

  /// Opens a repository for reading.
  ///
  /// @throws ButlerException.Unavailable when it cannot be reached
  public static OpenRepository open(String nameOrPlace) {
    String location = RepositoryIndex.of(System.getenv()).resolve(nameOrPlace);
    if (!location.startsWith("http:") && !location.startsWith("https:")) {
      return direct(location);
    }
    try {
      RemoteButler butler = RemoteButler.open(URI.create(location), Options.defaults());
      return new OpenRepository(butler, ids -> links(butler, ids));
    } catch (ButlerException.Invalid | ButlerException.Unavailable noServer) {
      return directInstead(location, noServer);
    } catch (IllegalArgumentException noUrl) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION, "'" + location + "' is no URL.", noUrl);
    }
  }

  /// The error of a repository that cannot be opened names it, since somebody typed the name.
  private static OpenRepository direct(String location) {
    try {
      DirectButler butler = DirectButler.open(location, DirectButler.Options.defaults());
      return new OpenRepository(butler, ids -> uris(butler, ids));
    } catch (ButlerException.Unavailable closed) {
      throw new ButlerException.Unavailable(
          closed.code(), location + ": " + closed.detail(), closed);
    }
  }

  /// A repository may lie on an HTTP server that is no butler; if it does not, the server's answer
  /// is what matters.
  private static OpenRepository directInstead(String location, ButlerException noServer) {
    try {
      return direct(location);
    } catch (ButlerException nothing) {
      noServer.addSuppressed(nothing);
      throw noServer;
    }
  }

  private static Map<UUID, Map<String, String>> links(RemoteButler butler, List<UUID> ids) {
    Map<UUID, Map<String, String>> all = new HashMap<>();
    butler
        .files()
        .findAllLinks(ids)
        .forEach(
            (id, links) -> {
              Map<String, String> byComponent = new TreeMap<>();
              links.forEach(
                  link -> byComponent.put(componentOf(link.record().component()), link.url()));
              all.put(id, byComponent);
            });
    return all;
  }

  private static String componentOf(@Nullable String component) {
    return component == null ? "" : component;
  }

  private static Map<UUID, Map<String, String>> uris(DirectButler butler, List<UUID> ids) {
    Map<UUID, Map<String, String>> all = new HashMap<>();
    butler
        .files()
        .findAll(ids)
        .forEach((id, files) -> all.put(id, uris(butler.datastores(), files)));
    return all;
  }

  private static Map<String, String> uris(Datastores stores, List<StoredFile> files) {
    Map<String, String> byComponent = new TreeMap<>();
    for (StoredFile file : files) {
      stores
          .find(file.datastore())
          .map(store -> store.locate(file.record()).toString())
          .ifPresent(uri -> byComponent.put(componentOf(file.record().component()), uri));
    }
    return byComponent;
  }
}
