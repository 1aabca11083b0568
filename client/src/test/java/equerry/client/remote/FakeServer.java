package equerry.client.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that gives the answers a test tells it to give, over real HTTP.
final class FakeServer implements AutoCloseable {
  static final String ROOT = "/api/butler/repo/fake/";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /// A request that came.
  record Seen(String path, Map<String, List<String>> headers) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  FakeServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
    answer(
        ROOT + "butler.yaml",
        200,
        "{\"cls\":\"lsst.daf.butler.remote_butler.RemoteButler\",\"remote_butler\":"
            + "{\"url\":\"<butlerRoot>\",\"authentication\":\"rubin_science_platform\"}}");
    answer(ROOT + "v1/universe", 200, universe());
  }

  private static String universe() {
    try (InputStream in =
        FakeServer.class.getResourceAsStream("/equerry/client/wire/universe8-wire.json")) {
      String universe =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return "{\"universe\":" + universe + "}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create(origin() + ROOT.substring(0, ROOT.length() - 1));
  }

  String origin() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// The requests for a path, in the order in which they came.
  List<Seen> seen(String path) {
    return seen.stream().filter(request -> request.path().equals(path)).toList();
  }

  void on(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  void answer(String path, int status, String body) {
    on(path, exchange -> send(exchange, status, body));
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// Starts a body of unknown length and sends the first of it.
  static void start(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    seen.add(new Seen(path, Map.copyOf(exchange.getRequestHeaders())));
    HttpHandler handler = answers.get(path);
    if (handler == null) {
      send(exchange, 404, "{\"detail\":\"Not Found\"}");
    } else {
      handler.handle(exchange);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
