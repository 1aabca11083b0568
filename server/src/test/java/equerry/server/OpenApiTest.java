package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.client.wire.WireLimits;
import equerry.datastore.link.FileLinks;
import equerry.datastore.link.LinkMode;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.local.LocalFiles;
import equerry.datastore.local.OutsideFiles;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SigningKeys;
import equerry.datastore.object.ObjectLinks;
import equerry.datastore.object.SignatureStyle;
import equerry.server.handler.Routes;
import equerry.server.http.Admission;
import equerry.server.http.Route;
import equerry.server.identity.AccessPolicy;
import equerry.server.observe.Metrics;
import equerry.server.repository.Repositories;
import equerry.server.settings.Authentication;
import equerry.server.stream.QueryStreams;
import equerry.server.stream.StreamSlots;
import equerry.server.stream.TableStreams;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// `docs/openapi.yaml` has every route of the server and no other, and no reference in it leads
/// nowhere.
class OpenApiTest {
  private static final Path FILE = Path.of("..", "docs", "openapi.yaml");
  private static final Set<String> NO_METHODS = Set.of("parameters", "summary", "description");

  private static Map<?, ?> document() throws IOException {
    try (Reader reader = Files.newBufferedReader(FILE)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
    }
  }

  private static Map<?, ?> paths(Map<?, ?> document) {
    return (Map<?, ?>) Objects.requireNonNull(document.get("paths"));
  }

  private static List<Route> routes() {
    LinkLifetime lifetime = LinkLifetime.DEFAULT;
    SignedPaths paths = new SignedPaths(SigningKeys.generated(), lifetime, Clock.systemUTC());
    ObjectLinks objects =
        new ObjectLinks(Map.of(), SignatureStyle.AUTOMATIC, lifetime, Clock.systemUTC());
    StreamSlots slots = new StreamSlots(1, Duration.ZERO, 1, StreamSlots.Counting.ALL_TOGETHER);
    return Routes.of(
        new AccessPolicy(Map.of(), Optional.empty()),
        new Repositories(List.of(), OpenApiTest::nothing, WireLimits.DEFAULT, Duration.ZERO),
        new Routes.StreamParts(
            new QueryStreams(slots, Duration.ofSeconds(1)), new TableStreams(slots)),
        new Routes.FileParts(
            new FileLinks(LinkMode.SIGNED, paths, objects),
            LinkMode.SIGNED,
            paths,
            new LocalFiles(OutsideFiles.none())),
        new Routes.ServiceParts(
            Authentication.RUBIN_SCIENCE_PLATFORM,
            "1",
            new Admission(1),
            new Metrics(),
            Optional.of(Path.of("/nonexistent"))));
  }

  private static equerry.server.repository.RepositoryOpener.Opened nothing(
      String label, String uri) {
    throw new IllegalStateException("There is no repository " + label + " at " + uri);
  }

  @Test
  void everyRouteIsDocumentedAndNoOther() throws IOException {
    Set<String> documented = new TreeSet<>();
    paths(document())
        .forEach(
            (path, item) ->
                ((Map<?, ?>) item)
                    .keySet().stream()
                        .map(String::valueOf)
                        .filter(method -> !NO_METHODS.contains(method))
                        .forEach(m -> documented.add(m.toUpperCase(Locale.ROOT) + " " + path)));
    Set<String> served = new TreeSet<>();
    for (Route route : routes()) {
      served.add(route.method() + " " + route.template().replace("…}", "}"));
    }
    assertThat(documented).isEqualTo(served);
  }

  @Test
  void everyPathSaysWhatItsParametersAre() throws IOException {
    Map<?, ?> document = document();
    paths(document)
        .forEach(
            (path, item) -> {
              List<String> names = new ArrayList<>();
              Object parameters = ((Map<?, ?>) item).get("parameters");
              for (Object parameter : parameters instanceof List<?> list ? list : List.of()) {
                Map<?, ?> resolved = resolved(document, (Map<?, ?>) parameter);
                assertThat(resolved.get("in")).isEqualTo("path");
                names.add("{" + resolved.get("name") + "}");
              }
              assertThat(String.valueOf(path).replaceAll("[^{}]*(\\{[^}]*})?", "$1"))
                  .as(String.valueOf(path))
                  .isEqualTo(String.join("", names));
            });
  }

  private static Map<?, ?> resolved(Map<?, ?> document, Map<?, ?> node) {
    Object reference = node.get("$ref");
    if (reference == null) {
      return node;
    }
    Object at = document;
    for (String step : String.valueOf(reference).replaceFirst("^#/", "").split("/", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    assertThat(at).as("what %s refers to", reference).isInstanceOf(Map.class);
    return (Map<?, ?>) Objects.requireNonNull(at);
  }

  @Test
  void noReferenceLeadsNowhere() throws IOException {
    Map<?, ?> document = document();
    check(document, document);
  }

  private static void check(Map<?, ?> document, Object node) {
    if (node instanceof Map<?, ?> map) {
      assertThat(resolved(document, map)).isNotNull();
      map.values().forEach(value -> check(document, value));
    } else if (node instanceof List<?> list) {
      list.forEach(item -> check(document, item));
    }
  }
}
