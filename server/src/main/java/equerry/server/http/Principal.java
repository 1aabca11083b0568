package equerry.server.http;

import org.jspecify.annotations.Nullable;

/// Who asks, as the ingress in front of this server says.
///
/// These headers may be trusted only because nobody but the ingress can reach this server, or where
/// identity is off and they are used for logging alone.
///
/// @param user name of the user (`X-Auth-Request-User`), null when there is none
/// @param token token to ask Gafaelfawr about the user with (`X-Auth-Request-Token`)
/// @param service the service that asks for the user (`X-Auth-Request-Service`)
public record Principal(@Nullable String user, @Nullable String token, @Nullable String service) {
  /// Leaves out the token.
  @Override
  public String toString() {
    return "Principal[user=" + user + ", service=" + service + "]";
  }
}
