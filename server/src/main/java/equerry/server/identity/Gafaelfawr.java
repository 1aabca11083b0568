package equerry.server.identity;

import equerry.api.error.ButlerException;
import equerry.server.http.HttpProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks Gafaelfawr, the science platform's identity service, for the groups of a user.
public final class Gafaelfawr implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Gafaelfawr.class);
  private static final Duration CONNECT_TIME = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);
  private static final int RETRY_SECONDS = 5;
  private static final JsonMapper JSON = new JsonMapper();

  private final URI userInfo;
  private final Supplier<HttpClient> client;

  /// @param base the URL below which Gafaelfawr's `/api/v1` lies
  public Gafaelfawr(URI base) {
    String text = base.toString();
    this.userInfo =
        URI.create(
            (text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                + "/api/v1/user-info");
    this.client = StableSupplier.of(Gafaelfawr::newClient);
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().connectTimeout(CONNECT_TIME).build();
  }

  @Override
  public Set<String> groupsOf(String user, String token) {
    HttpResponse<byte[]> response = ask(token);
    return switch (response.statusCode()) {
      case 200 -> groups(response.body());
      case 401, 403 ->
          throw new ButlerException.Denied(
              "Gafaelfawr does not accept the token of user " + user + ".");
      default -> throw down("it answered with status " + response.statusCode(), null);
    };
  }

  private HttpResponse<byte[]> ask(String token) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(userInfo)
              .timeout(ANSWER_TIME)
              .header("Authorization", "Bearer " + token)
              .header("Accept", "application/json")
              .build();
      return client.get().send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IllegalArgumentException e) {
      throw new ButlerException.Denied("The X-Auth-Request-Token header holds no token.");
    } catch (IOException e) {
      throw down("it cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw down("the wait for it was interrupted", e);
    }
  }

  private static Set<String> groups(byte[] body) {
    Set<String> groups = new HashSet<>();
    try {
      JsonNode list = JSON.readTree(body).path("groups");
      if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
        throw down("its answer has something else where the groups should be", null);
      }
      list.forEach(group -> groups.add(group.path("name").asString("")));
    } catch (JacksonException e) {
      throw down("its answer is not JSON", e);
    }
    return groups;
  }

  private static HttpProblem down(String why, @org.jspecify.annotations.Nullable Exception cause) {
    LOG.warn("Gafaelfawr cannot tell the groups of a user: {}", why, cause);
    return HttpProblem.retryable(
        503,
        "The groups of the user cannot be checked now: Gafaelfawr fails (" + why + ").",
        RETRY_SECONDS);
  }
}
