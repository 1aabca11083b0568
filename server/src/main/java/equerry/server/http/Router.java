package equerry.server.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the route of a request. Routes are few, so they are tried one after another.
public final class Router {
  private static final int SHOWN_CHARACTERS = 200;

  private final List<Entry> entries;

  private record Entry(Route route, List<String> pattern) {
    boolean matches(List<String> segments) {
      boolean open = pattern.getLast().endsWith("…}");
      if (open ? segments.size() < pattern.size() : segments.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < pattern.size(); i++) {
        String part = pattern.get(i);
        if (part.startsWith("{") ? segments.get(i).isEmpty() : !part.equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  public Router(List<Route> routes) {
    this.entries = routes.stream().map(route -> new Entry(route, route.pattern())).toList();
  }

  public List<Route> routes() {
    return entries.stream().map(Entry::route).toList();
  }

  /// The route of a request.
  ///
  /// @throws HttpProblem (404, 405) when there is none
  public Route find(String method, RequestPath path) {
    Set<String> allowed = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.matches(path.segments())) {
        if (entry.route().accepts(method)) {
          return entry.route();
        }
        allowed.addAll(methods(entry.route()));
      }
    }
    if (allowed.isEmpty()) {
      throw HttpProblem.of(404, "Not Found: this server has no path " + shown(path.raw()));
    }
    throw HttpProblem.methodNotAllowed(String.join(", ", allowed));
  }

  private static List<String> methods(Route route) {
    List<String> methods = new ArrayList<>(List.of(route.method()));
    if (route.method().equals("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static String shown(String raw) {
    return raw.length() <= SHOWN_CHARACTERS ? raw : raw.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
