package equerry.server.http;

import java.io.IOException;
import java.util.List;

/// A path with its method and what answers it.
///
/// @param method `GET` (which includes `HEAD`) or `POST`
/// @param template the path with names in braces, such as `/api/butler/repo/{label}/v1/universe`;
///     a last segment `{name…}` stands for one or more segments
/// @param handler what answers
/// @param kind whether it counts as work
public record Route(String method, String template, Handler handler, Kind kind) {
  /// What limits a route.
  public enum Kind {
    /// Work of the server, which is refused when there is too much of it or the server ends.
    WORK,
    /// A look at the server itself, which is always answered and not logged.
    PROBE
  }

  /// Answers a request. It runs on a thread of its own and may block.
  @FunctionalInterface
  public interface Handler {
    void handle(Exchange exchange) throws IOException;
  }

  public static Route get(String template, Handler handler) {
    return new Route("GET", template, handler, Kind.WORK);
  }

  /// A route for those who run the server.
  public static Route probe(String template, Handler handler) {
    return new Route("GET", template, handler, Kind.PROBE);
  }

  public static Route post(String template, Handler handler) {
    return new Route("POST", template, handler, Kind.WORK);
  }

  List<String> pattern() {
    return List.of(template.substring(1).split("/", -1));
  }

  boolean accepts(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }
}
