package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.FileLink;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The user's token and what it is sent with. The rules are those of the stock client, but that a
/// server may be asked without any token: whether it lets such requests in is its own affair.
///
/// @param server the value of the `Authorization` header of requests to the server, null for none
/// @param datastore the same for links that ask for the datastore's token
record Credentials(@Nullable String server, @Nullable String datastore) {
  static final Credentials NONE = new Credentials(null, null);

  private static final List<String> PLATFORM = List.of(".lsst.cloud", ".slac.stanford.edu");
  private static final List<String> CADC =
      List.of(".cadc-ccda.hia-hia.nrc-cnrc.gc.ca", ".canfar.net");

  /// The credentials for a server.
  ///
  /// A token of the science platform that was not meant for butlers in particular
  /// (`ACCESS_TOKEN`) is sent to hosts of the platform only; CADC's likewise.
  ///
  /// @param authentication how the server says that tokens are to be used
  /// @throws ButlerException.Invalid (configuration) for a way that is not known
  static Credentials of(URI server, String authentication, Options options) {
    Map<String, String> environment = options.environment();
    return switch (authentication) {
      case "rubin_science_platform" ->
          new Credentials(
              bearer(
                  given(options)
                      .or(() -> find(environment, "BUTLER_RUBIN_ACCESS_TOKEN"))
                      .or(() -> findFor(server, PLATFORM, environment, "ACCESS_TOKEN"))),
              null);
      case "cadc" ->
          new Credentials(
              null,
              bearer(given(options).or(() -> findFor(server, CADC, environment, "CADC_TOKEN"))));
      default ->
          throw new ButlerException.Invalid(
              ErrorCode.CONFIGURATION,
              "The server wants tokens of the kind '%s'; only 'rubin_science_platform' and 'cadc' are known."
                  .formatted(authentication));
    };
  }

  private static Optional<String> given(Options options) {
    return Optional.ofNullable(options.token());
  }

  private static Optional<String> find(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(token -> !token.isEmpty());
  }

  private static Optional<String> findFor(
      URI server, List<String> domains, Map<String, String> environment, String name) {
    String host = Optional.ofNullable(server.getHost()).orElse("").toLowerCase(Locale.ROOT);
    return domains.stream().anyMatch(host::endsWith) ? find(environment, name) : Optional.empty();
  }

  private static @Nullable String bearer(Optional<String> token) {
    return token
        .map(known -> Options.DEFAULT.withToken(known).token())
        .map(known -> "Bearer " + known)
        .orElse(null);
  }

  /// The header that a link to a file asks for, null for none.
  @Nullable String of(FileLink.Auth auth) {
    return switch (auth) {
      case NONE -> null;
      case GAFAELFAWR -> server;
      case DATASTORE -> datastore;
    };
  }

  /// Never shows a token.
  @Override
  public String toString() {
    return "Credentials";
  }
}
