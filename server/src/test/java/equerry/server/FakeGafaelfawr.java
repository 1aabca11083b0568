package equerry.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers `user-info` as Gafaelfawr does: the token is the user, who is in the groups that a test
/// says; a token that does not begin with `gt-` is refused.
final class FakeGafaelfawr implements AutoCloseable {
  final AtomicInteger questions = new AtomicInteger();
  volatile String groups = "[]";
  volatile int status = 200;
  private final HttpServer server;

  FakeGafaelfawr() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/auth/api/v1/user-info",
        exchange -> {
          questions.incrementAndGet();
          String token = exchange.getRequestHeaders().getFirst("Authorization");
          boolean known = token != null && token.startsWith("Bearer gt-");
          byte[] body =
              ("{\"username\":\"x\",\"name\":\"X\",\"groups\":" + groups + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? status : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/auth");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
