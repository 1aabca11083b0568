package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.AnswerErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;

/// The endpoints of one repository. Safe for many threads.
final class Server {
  private static final String REQUEST_ID = "X-Butler-Client-Request-Id";

  private final Transport transport;
  private final URI base;
  private final Credentials credentials;
  private final Options options;

  /// @param base the URL that endpoints' paths follow, with a slash at its end
  Server(Transport transport, URI base, Credentials credentials, Options options) {
    this.transport = transport;
    this.base = base;
    this.credentials = credentials;
    this.options = options;
  }

  /// Asks for a path and reads the answer.
  ///
  /// @throws ButlerException.Unavailable for an answer that is not of the protocol, too
  <T> T get(String path, Function<byte[], T> reading) {
    return read(path, request(path), reading);
  }

  /// Sends a body to a path and reads the answer.
  <T> T post(String path, byte[] body, Function<byte[], T> reading) {
    return read(path, posting(path, body), reading);
  }

  /// Sends a body to a path; the answer is a stream that the caller closes.
  InputStream stream(String path, byte[] body) {
    return checked(path, posting(path, body)).body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        Transport.request(base.resolve(path)).header(REQUEST_ID, UUID.randomUUID().toString());
    String authorization = credentials.server();
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private HttpRequest.Builder posting(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private <T> T read(String path, HttpRequest.Builder request, Function<byte[], T> reading) {
    try (Transport.Answer answer = checked(path, request)) {
      return understand(base.resolve(path), readAll(answer.body(), path), reading);
    }
  }

  private Transport.Answer checked(String path, HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    Transport.Answer answer = transport.send(request);
    if (answer.status() == 200) {
      return answer;
    }
    try (answer) {
      String asked =
          "%s of %s (request %s)"
              .formatted(path, base, request.headers().firstValue(REQUEST_ID).orElse(""));
      throw AnswerErrors.of(answer.status(), readAll(answer.body(), path), asked);
    }
  }

  private byte[] readAll(InputStream body, String path) {
    return readAll(body, options.answerBytes(), base.resolve(path));
  }

  /// @throws ButlerException.LimitExceeded when there are more bytes than the limit
  static byte[] readAll(InputStream body, int limit, URI url) {
    try {
      byte[] bytes = body.readNBytes(limit);
      if (bytes.length == limit && body.read() >= 0) {
        throw new ButlerException.LimitExceeded(
            "The answer of %s is longer than %d bytes (answerBytes).".formatted(url, limit));
      }
      return bytes;
    } catch (IOException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "The answer of %s was cut: %s.".formatted(url, e.getMessage()),
          e);
    }
  }

  /// Reads an answer whose status was good. One that is not of the protocol is no fault of the
  /// caller: some other server has answered, as a login page does.
  static <T> T understand(URI url, byte[] answer, Function<byte[], T> reading) {
    try {
      return reading.apply(answer);
    } catch (ButlerException.Invalid e) {
      throw new ButlerException.Unavailable(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "What answers at %s is no butler server, or one of another kind: %s"
              .formatted(url, e.detail()),
          e);
    }
  }

  /// A part of a path, percent-encoded with nothing left out.
  static String segment(String text) {
    return query(text).replace("+", "%20");
  }

  /// A value of a query string.
  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Transport transport() {
    return transport;
  }

  Credentials credentials() {
    return credentials;
  }

  URI base() {
    return base;
  }
}
