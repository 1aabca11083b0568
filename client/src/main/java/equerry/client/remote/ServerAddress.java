package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.AnswerErrors;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.AnswerReader.ClientConfiguration;
import equerry.client.wire.WireLimits;
import java.net.URI;
import java.util.Locale;

/// Where the endpoints of a repository are.
///
/// @param base the URL that their paths follow, with a slash at its end
/// @param authentication what clients do with tokens
record ServerAddress(URI base, String authentication) {
  private static final String CONFIGURATION = "butler.yaml";
  private static final int REDIRECTS = 5;

  /// Reads the client configuration of a repository, which needs no token.
  static ServerAddress find(URI repository, Transport transport, Options options) {
    URI folder = folder(repository);
    URI file = folder.resolve(CONFIGURATION);
    byte[] text = load(file, transport, options);
    ClientConfiguration configuration =
        Server.understand(
            file, text, body -> AnswerReader.clientConfiguration(body, WireLimits.DEFAULT));
    String url = configuration.url().replace("<butlerRoot>", withoutSlash(folder.toString()));
    return new ServerAddress(http(withoutSlash(url) + "/"), configuration.authentication());
  }

  private static URI folder(URI repository) {
    String text = http(repository.toString()).toString();
    String lower = text.toLowerCase(Locale.ROOT);
    return URI.create(
        lower.endsWith("/butler.yaml") || lower.endsWith("/butler.json")
            ? text.substring(0, text.lastIndexOf('/') + 1)
            : withoutSlash(text) + "/");
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static URI http(String url) {
    try {
      URI parsed = URI.create(url);
      boolean known =
          "http".equalsIgnoreCase(parsed.getScheme())
              || "https".equalsIgnoreCase(parsed.getScheme());
      if (known && parsed.getHost() != null && parsed.getQuery() == null) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ButlerException.Invalid(
        ErrorCode.CONFIGURATION,
        "'%s' is no URL of a butler server, such as https://host/api/butler/repo/name."
            .formatted(url));
  }

  private static byte[] load(URI file, Transport transport, Options options) {
    URI url = file;
    for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
      try (Transport.Answer answer = transport.send(Transport.request(url).build())) {
        if (answer.status() == 200) {
          return Server.readAll(answer.body(), options.answerBytes(), url);
        }
        String next = answer.head().headers().firstValue("Location").orElse("");
        if (answer.status() < 300 || answer.status() > 399 || next.isEmpty()) {
          byte[] body = Server.readAll(answer.body(), options.answerBytes(), url);
          throw AnswerErrors.of(answer.status(), body, file.toString());
        }
        url = http(url.resolve(next).toString());
      }
    }
    throw new ButlerException.Unavailable(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "%s leads from place to place, more than %d times.".formatted(file, REDIRECTS),
        null);
  }
}
