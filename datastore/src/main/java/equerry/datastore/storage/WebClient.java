package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends requests to web servers, with the token that the environment has for them.
final class WebClient implements AutoCloseable {
  /// How long a server may take to accept a connection.
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  /// How long a server may take until its answer begins; a large upload comes before it.
  static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(30);

  private static final String TOKEN = "LSST_HTTP_AUTH_BEARER_TOKEN";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final @Nullable String token;

  WebClient(Map<String, String> environment) {
    this.token = environment.get(TOKEN);
  }

  /// Sends a request; headers come in pairs.
  <T> HttpResponse<T> send(
      ResourceUri uri,
      String method,
      BodyPublisher body,
      BodyHandler<T> answer,
      String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(WebAddress.url(uri)).method(method, body).timeout(ANSWER_TIMEOUT);
      if (headers.length > 0) {
        request.headers(headers);
      }
      if (token != null && !token.isBlank()) {
        request.header("Authorization", "Bearer " + tokenText(token));
      }
      return http.send(request.build(), answer);
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(uri, e);
    }
  }

  /// The file is read each time, since tokens are renewed.
  private static String tokenText(String configured) throws IOException {
    try {
      Path file = Path.of(configured);
      return Files.isRegularFile(file) ? Files.readString(file).strip() : configured.strip();
    } catch (InvalidPathException e) {
      return configured.strip();
    }
  }

  private static ButlerException unreachable(ResourceUri uri, Exception cause) {
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "The web server of the file '"
            + PathText.name(uri.path())
            + "' cannot be reached. Nothing is changed; try again later.",
        cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
