package equerry.cli;

import equerry.cli.shell.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds a dataset of the demo repository as a client would, downloads its file, and compares it
/// with the one on disk.
final class SelfCheck {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, Object> QUESTION =
      Map.of(
          "dataset_type", "deep_coadd",
          "data_id", Map.of("skymap", "meadow_v1", "tract", 0, "patch", 1, "band", "r"),
          "collections", List.of("meadow/latest"));

  private SelfCheck() {}

  /// Checks a served demo repository.
  ///
  /// @param url the repository's URL, with a slash at the end
  /// @param root its folder
  /// @return the size of the file that was compared, in bytes
  /// @throws CommandFailure when an answer is not what it has to be
  static long run(String url, Path root) {
    try {
      JsonNode found =
          JSON.readTree(call(url + "v1/find_dataset", JSON.writeValueAsBytes(QUESTION)));
      String id = text(found, "/dataset_ref/id");
      JsonNode answer = JSON.readTree(call(url + "v1/get_file/" + id, null));
      byte[] downloaded = call(text(answer, "/artifact/file_info/0/url"), null);
      String path = text(answer, "/artifact/file_info/0/datastoreRecords/path");
      byte[] expected = Files.readAllBytes(root.resolve(path));
      if (!Arrays.equals(downloaded, expected)) {
        throw new CommandFailure("The file of dataset " + id + " was not served as it is on disk.");
      }
      return downloaded.length;
    } catch (IOException | JacksonException failure) {
      throw new CommandFailure(
          "The demo server did not answer as it should: " + failure.getMessage(), failure);
    }
  }

  private static String text(JsonNode answer, String pointer) {
    return Optional.of(answer.at(pointer))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .orElseThrow(
            () -> new CommandFailure("An answer of the demo server lacks " + pointer + "."));
  }

  private static byte[] call(String url, byte @Nullable [] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (body != null) {
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      InputStream error = connection.getErrorStream();
      String reason = error == null ? "" : new String(error.readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException("status " + connection.getResponseCode() + " " + reason);
    }
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }
}
