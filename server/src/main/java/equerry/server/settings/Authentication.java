package equerry.server.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where clients get their tokens from and what they send them to.
public enum Authentication {
  /// The token goes to the ingress in front of this server; links to files need none.
  RUBIN_SCIENCE_PLATFORM,
  /// No token goes to this server; links are the storage's own URLs, to which clients send theirs.
  CADC;

  /// The name in configurations and on the wire.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Authentication> find(String wireName) {
    return Stream.of(values()).filter(mode -> mode.wireName().equals(wireName)).findFirst();
  }
}
