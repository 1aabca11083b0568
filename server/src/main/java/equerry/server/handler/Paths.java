package equerry.server.handler;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.server.http.Exchange;
import java.util.List;
import java.util.UUID;

/// The shape of the server's paths.
final class Paths {
  /// Where repositories are.
  static final String REPOSITORY = "/api/butler/repo/{label}";

  /// Where static files are.
  static final String CONFIGS = "/api/butler/configs";

  private static final int LABEL_AT = 3;
  private static final int NAME_AT = 6;
  private static final int SHOWN_CHARACTERS = 60;
  private static final int UUID_LENGTH = 36;

  private Paths() {}

  static String label(Exchange exchange) {
    return exchange.path().segments().get(LABEL_AT);
  }

  /// The segment after `/v1/something/`.
  static String name(Exchange exchange) {
    return exchange.path().segments().get(NAME_AT);
  }

  /// That segment as a UUID.
  ///
  /// @throws ButlerException.Invalid (malformed) when it is none
  static UUID id(Exchange exchange) {
    String text = name(exchange);
    try {
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      throw notAnId(text);
    }
    throw notAnId(text);
  }

  private static ButlerException notAnId(String text) {
    String shown =
        text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    return new ButlerException.Invalid(
        ErrorCode.MALFORMED, "path: expected a dataset id (a UUID), found '" + shown + "'");
  }

  static List<String> segments(Exchange exchange) {
    return exchange.path().segments();
  }
}
