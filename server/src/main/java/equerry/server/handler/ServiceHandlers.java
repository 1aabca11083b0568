package equerry.server.handler;

import equerry.server.http.Exchange;
import equerry.server.settings.Authentication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What the server tells about itself without a login.
final class ServiceHandlers {
  private static final String INDEX =
      "{\"name\":\"butler\",\"version\":\"%s\",\"description\":\"Equerry, a data butler: finds an"
          + " observatory's datasets by what they are, and serves their files.\"}";

  private final byte[] clientConfiguration;
  private final byte[] index;

  ServiceHandlers(Authentication authentication, String version) {
    this.clientConfiguration =
        bytes(
            "{\"cls\":\"lsst.daf.butler.remote_butler.RemoteButler\",\"remote_butler\":{\"url\":"
                + "\"<butlerRoot>\",\"authentication\":\""
                + authentication.wireName()
                + "\"}}");
    this.index = bytes(INDEX.formatted(version));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void index(Exchange exchange) throws IOException {
    exchange.json(index);
  }

  /// The configuration of clients, as `butler.yaml` and as `butler.json`; the same for every label,
  /// so that it tells nobody which there are.
  void clientConfiguration(Exchange exchange) throws IOException {
    exchange.json(clientConfiguration);
  }
}
