package equerry.datastore.delivery;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Media types of the files that astronomers keep. The list has no type that a browser would run
/// (HTML, SVG, scripts): such files are sent as plain bytes, since anyone who may ingest could put
/// them under this server's address.
final class ContentTypes {
  private static final String BYTES = "application/octet-stream";
  private static final Map<String, String> BY_EXTENSION =
      Map.of(
          "fits", "application/fits",
          "json", "application/json",
          "yaml", "application/yaml",
          "parq", "application/vnd.apache.parquet",
          "parquet", "application/vnd.apache.parquet",
          "zip", "application/zip",
          "png", "image/png",
          "jpg", "image/jpeg",
          "txt", "text/plain; charset=utf-8");

  private ContentTypes() {}

  static String of(Path file) {
    String name = file.toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, BYTES);
  }
}
