package equerry.direct;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.object.ObjectLinks;
import equerry.datastore.object.SignatureStyle;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a `butler.yaml` that lies in an object store or behind a web server.
final class RemoteConfiguration {
  /// How large such a file may be.
  private static final int MAX_BYTES = 4_000_000;

  private static final int TIMEOUT_MILLIS = 20_000;

  private RemoteConfiguration() {}

  /// Whether a location is one that is read here.
  static boolean isRemote(String location) {
    return location.matches("(https?|s3|gs)://.+");
  }

  /// The text of a file.
  ///
  /// @param location its `http(s)`, `s3` or `gs` URI
  /// @param environment names the object stores and their keys
  /// @throws ButlerException.Unavailable (repository_unavailable) when it cannot be read
  static String read(String location, Map<String, String> environment) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(webUrl(location, environment)).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw unavailable("the answer has status " + status, null);
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw unavailable("it is larger than " + MAX_BYTES + " bytes", null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException failure) {
      throw unavailable("there is no answer from where it lies", failure);
    }
  }

  private static String webUrl(String location, Map<String, String> environment) {
    if (location.startsWith("http")) {
      return location;
    }
    ResourceUri uri =
        ResourceUri.parse(location).orElseThrow(() -> unavailable("its URI is malformed", null));
    ObjectLinks links =
        new ObjectLinks(
            environment,
            SignatureStyle.AUTOMATIC,
            new LinkLifetime(Duration.ofMinutes(5), Duration.ofMinutes(1)),
            Clock.systemUTC());
    return location.startsWith("gs:") ? links.google(uri) : links.amazon(uri);
  }

  private static ButlerException unavailable(String reason, @Nullable Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "The repository's configuration cannot be read: " + reason + ".",
        cause);
  }
}
