package equerry.server.observe;

import equerry.server.http.Exchange;
import equerry.server.http.RequestObserver;
import equerry.server.http.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// Logs a line for each request. Paths of file links are shortened, since whoever has one may read
/// the file.
public final class RequestLog implements RequestObserver {
  private static final Logger LOG = LoggerFactory.getLogger("equerry.server.request");
  private static final String CLIENT_ID = "X-Butler-Client-Request-Id";
  private static final int SHOWN_PATH = 300;
  private static final int SHOWN_CLIENT_ID = 64;

  @Override
  public void answered(Exchange exchange, @Nullable Route route, Outcome outcome) {
    boolean probe = route != null && route.kind() == Route.Kind.PROBE;
    Level level = level(outcome, probe);
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line =
        LOG.atLevel(level)
            .addKeyValue("request_id", exchange.id())
            .addKeyValue("client_request_id", clientId(exchange))
            .addKeyValue("user", exchange.principal().user())
            .addKeyValue("service", exchange.principal().service())
            .addKeyValue("butler_repo", exchange.repository().orElse(null))
            .addKeyValue("method", exchange.method())
            .addKeyValue("path", path(exchange, route))
            .addKeyValue("status", outcome.status())
            .addKeyValue("duration_ms", outcome.nanos() / 1_000 / 1_000.0)
            .addKeyValue("bytes", exchange.bytesSent());
    if (outcome.broken()) {
      line = line.addKeyValue("broken", true);
    }
    if (outcome.failure() != null) {
      line = line.setCause(outcome.failure());
    }
    line.log("request");
  }

  private static Level level(Outcome outcome, boolean probe) {
    if (outcome.failure() != null) {
      return outcome.broken() && outcome.status() < 500 ? Level.WARN : Level.ERROR;
    }
    return probe ? Level.DEBUG : Level.INFO;
  }

  private static @Nullable String clientId(Exchange exchange) {
    return exchange.header(CLIENT_ID).map(id -> shortened(id, SHOWN_CLIENT_ID)).orElse(null);
  }

  private static String path(Exchange exchange, @Nullable Route route) {
    return route != null && route.template().endsWith("/files/{path…}")
        ? route.template()
        : shortened(exchange.path().raw(), SHOWN_PATH);
  }

  private static String shortened(String text, int characters) {
    return text.length() <= characters ? text : text.substring(0, characters) + "…";
  }
}
