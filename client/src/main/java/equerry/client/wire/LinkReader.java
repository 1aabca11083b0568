package equerry.client.wire;

import equerry.api.file.FileRecord;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;

/// Reads where files are.
final class LinkReader {
  private LinkReader() {}

  /// @param record name of the field that holds what the datastore remembers
  static FileLink read(UUID id, WireValue file, String record) {
    WireValue auth = file.field("auth");
    WireValue known = file.field(record);
    String path = known.field("path").text();
    return new FileLink(
        url(file.field("url")),
        FileLink.Auth.find(auth.text())
            .orElseThrow(() -> auth.unexpected("'none', 'gafaelfawr' or 'datastore'")),
        new FileRecord(
            id,
            known.find("component").map(WireValue::text).orElse(null),
            path,
            known.field("formatter").text(),
            known.field("storage_class").text(),
            known.find("checksum").map(WireValue::text).orElse(null),
            known.find("file_size").map(WireValue::integer).orElse(-1L)),
        path);
  }

  private static String url(WireValue value) {
    String text = value.text();
    try {
      String scheme = new URI(text).getScheme();
      if ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw value.unexpected("an http or https URL");
  }
}
