package equerry.datastore.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server on a free port of this machine that keeps a list of what it was asked.
abstract class FakeServer implements AutoCloseable {
  private final HttpServer server;
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /// The start of a line of [#requests] that is refused from now on, and how.
  private volatile @Nullable String refused;

  private volatile int refusal;

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Answers requests whose line starts like this with a status, until another is named.
  void refuse(String start, int status) {
    refused = start;
    refusal = status;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(line);
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String start = refused;
      if (start != null && line.startsWith(start)) {
        answer(exchange, refusal, refusalBody());
      } else {
        answer(exchange, body);
      }
    }
  }

  /// What a refusal says.
  String refusalBody() {
    return "";
  }

  abstract void answer(HttpExchange exchange, byte[] body) throws IOException;

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
