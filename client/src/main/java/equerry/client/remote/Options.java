package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a [RemoteButler] talks to its server.
///
/// @param token the user's access token, null for one of the environment
/// @param environment variables in which tokens are looked for
/// @param connectTime how long a connection may take to come about
/// @param silence how long the server may send nothing at all
/// @param retryTime how long in all a request may wait for a server that has no room for it
/// @param answerBytes bytes of one answer that is no stream
/// @param conditionParts leaves and lists that a condition may have in the protocol's form
public record Options(
    @Nullable String token,
    Map<String, String> environment,
    Duration connectTime,
    Duration silence,
    Duration retryTime,
    int answerBytes,
    int conditionParts) {
  /// The limits of the stock client, and ours where it has none.
  public static final Options DEFAULT =
      new Options(
          null,
          Map.of(),
          Duration.ofSeconds(20),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          256 << 20,
          20_000);

  public Options {
    environment = Map.copyOf(environment);
    if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The access token has characters that no token has, such as spaces or line ends.");
    }
    if (!connectTime.isPositive() || !silence.isPositive() || retryTime.isNegative()) {
      throw new IllegalArgumentException("Times of a remote butler must be positive.");
    }
    if (answerBytes < 1 || conditionParts < 1) {
      throw new IllegalArgumentException("Limits of a remote butler must be positive.");
    }
  }

  /// The defaults with the process's own environment.
  public static Options defaults() {
    return DEFAULT.withEnvironment(System.getenv());
  }

  /// These options with a token.
  public Options withToken(String other) {
    return new Options(
        other, environment, connectTime, silence, retryTime, answerBytes, conditionParts);
  }

  /// These options with another environment.
  public Options withEnvironment(Map<String, String> other) {
    return new Options(token, other, connectTime, silence, retryTime, answerBytes, conditionParts);
  }

  /// These options with other times.
  public Options withTimes(Duration connect, Duration silent, Duration retry) {
    return new Options(token, environment, connect, silent, retry, answerBytes, conditionParts);
  }

  /// These options with other limits.
  public Options withLimits(int bytes, int parts) {
    return new Options(token, environment, connectTime, silence, retryTime, bytes, parts);
  }

  /// Never shows a token.
  @Override
  public String toString() {
    return "Options[connectTime=%s, silence=%s, retryTime=%s, answerBytes=%d, conditionParts=%d]"
        .formatted(connectTime, silence, retryTime, answerBytes, conditionParts);
  }
}
