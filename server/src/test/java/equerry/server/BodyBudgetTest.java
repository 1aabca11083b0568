package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the bodies of all requests may take together.
@Timeout(30)
class BodyBudgetTest {
  private static final int TOTAL = 200_000;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(
            TestLimits.with(Map.of("bodyBytes", 150_000, "totalBodyBytes", (long) TOTAL)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// A look-up that takes long, with spaces up to the length of its body.
  private static String slowBody(int length) {
    String body = TestServer.json(TestServer.LOOKUP.formatted("slow"));
    return body + " ".repeat(length - body.length());
  }

  private Socket running(int length) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST "
                + TestServer.API
                + "find_dataset HTTP/1.1\r\nHost: a\r\nContent-Length: "
                + length
                + "\r\n\r\n"
                + slowBody(length))
            .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void awaitHeld(String bytes) throws InterruptedException {
    String line = "equerry_bodies_held_bytes " + bytes + "\n";
    for (int i = 0; i < 200 && !server.get("/metrics").body().contains(line); i++) {
      Thread.sleep(20);
    }
    assertThat(server.get("/metrics").body()).contains(line);
  }

  private HttpResponse<String> find(int length, String type) {
    String body = TestServer.json(TestServer.LOOKUP.formatted(type));
    return server.post(TestServer.API + "find_dataset", body + " ".repeat(length - body.length()));
  }

  @Test
  void largeBodiesAreRefusedWhileOthersHoldTheMemory() throws Exception {
    try (Socket _ = running(120_000)) {
      awaitHeld("120000.0");

      HttpResponse<String> refused = find(100_000, "bias");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("hold the 200000 bytes");
      assertThat(find(60_000, "bias").statusCode()).as("what is left").isEqualTo(200);
      assertThat(find(10_000, "bias").statusCode()).as("a small one").isEqualTo(200);
    }
    awaitHeld("0.0");
    assertThat(find(140_000, "bias").statusCode()).as("after the client left").isEqualTo(200);
  }

  @Test
  void smallBodiesDoNotCount() throws Exception {
    try (Socket large = running(150_000);
        Socket other = running(40_000)) {
      awaitHeld("190000.0");
      try (Socket small = running(16_384)) {
        Thread.sleep(100);
        awaitHeld("190000.0");
        assertThat(small.isConnected() && large.isConnected() && other.isConnected()).isTrue();
        assertThat(find(16_384, "bias").statusCode()).isEqualTo(200);
        assertThat(find(16_385, "bias").statusCode()).isEqualTo(503);
      }
    }
  }

  @Test
  void bodiesThatDoNotSayTheirLengthCountAsTheyCome() {
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofByteArrays(
                java.util.Collections.nCopies(
                    1,
                    slowBody(150_000)
                        .replace("slow", "bias")
                        .getBytes(StandardCharsets.US_ASCII))));
    assertThat(
            server
                .send(server.request(TestServer.API + "find_dataset").POST(chunked).build())
                .statusCode())
        .isEqualTo(200);
    assertThat(find(150_001, "bias").statusCode()).isEqualTo(413);
  }

  @Test
  void whatIsAnnouncedButNotSentTakesNothing() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + TestServer.API
                      + "find_dataset HTTP/1.1\r\nHost: a\r\nContent-Length: 150000\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(200);
      awaitHeld("0.0");
      assertThat(find(140_000, "bias").statusCode()).isEqualTo(200);
    }
  }
}
