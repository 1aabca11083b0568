package equerry.server;

import equerry.client.wire.WireLimits;
import equerry.datastore.link.FileLinks;
import equerry.datastore.link.LinkMode;
import equerry.datastore.local.LinkLifetime;
import equerry.datastore.local.LocalFiles;
import equerry.datastore.local.OutsideFiles;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SigningKeys;
import equerry.datastore.object.ObjectLinks;
import equerry.datastore.object.SignatureStyle;
import equerry.server.handler.Routes;
import equerry.server.http.Admission;
import equerry.server.http.BodyBudget;
import equerry.server.http.HttpServer;
import equerry.server.http.RequestObserver;
import equerry.server.http.Router;
import equerry.server.identity.AccessPolicy;
import equerry.server.identity.CachedMembership;
import equerry.server.identity.Gafaelfawr;
import equerry.server.observe.Metrics;
import equerry.server.observe.RequestLog;
import equerry.server.repository.Repositories;
import equerry.server.repository.RepositoryOpener;
import equerry.server.settings.Authentication;
import equerry.server.settings.Limits;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import equerry.server.stream.QueryStreams;
import equerry.server.stream.StreamSlots;
import equerry.server.stream.TableStreams;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The parts of a server, made by constructors in the order in which they need each other, and
/// closed in reverse.
final class Wiring implements AutoCloseable {
  private static final Duration LINK_STEP = Duration.ofMinutes(5);

  private final Admission admission;
  private final Metrics metrics;
  private final Repositories repositories;
  private final HttpServer http;

  Wiring(ServerSettings settings, RepositoryOpener opener) throws IOException {
    Limits limits = settings.limits();
    this.admission = new Admission(limits.requests());
    this.metrics = new Metrics();
    this.repositories =
        new Repositories(
            settings.repositories(),
            opener,
            new WireLimits(
                limits.nestingDepth(),
                limits.stringLength(),
                limits.uploadRows(),
                limits.idsPerRequest()),
            limits.openRetry());
    AccessPolicy access = accessPolicy(settings);
    StreamSlots slots =
        new StreamSlots(
            limits.streams(),
            limits.streamWait(),
            limits.streamsPerUser(),
            access.knowsUsers()
                ? StreamSlots.Counting.EACH_USER
                : StreamSlots.Counting.ALL_TOGETHER);
    Routes.StreamParts streams =
        new Routes.StreamParts(
            new QueryStreams(slots, limits.keepAliveInterval()), new TableStreams(slots));
    Router router =
        new Router(
            Routes.of(access, repositories, streams, fileParts(settings), serviceParts(settings)));
    BodyBudget bodies = new BodyBudget(limits.totalBodyBytes());
    addGauges(slots, bodies);
    this.http =
        HttpServer.start(
            settings.host(), settings.port(), router, admission, observer(), bodies, limits);
  }

  private static AccessPolicy accessPolicy(ServerSettings settings) {
    Limits limits = settings.limits();
    Map<String, Set<String>> groups =
        settings.repositories().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    RepositorySettings::label, RepositorySettings::authorizedGroups));
    return new AccessPolicy(
        groups,
        settings
            .gafaelfawr()
            .map(
                url ->
                    new CachedMembership(
                        new Gafaelfawr(url),
                        new CachedMembership.Times(limits.grantedFor(), limits.refusedFor()))));
  }

  private static Routes.FileParts fileParts(ServerSettings settings) {
    Clock clock = Clock.systemUTC();
    LinkLifetime lifetime = new LinkLifetime(settings.limits().linkLifetime(), LINK_STEP);
    SigningKeys keys =
        settings.signingKeys().map(SigningKeys::loadOrCreate).orElseGet(SigningKeys::generated);
    SignedPaths signedPaths = new SignedPaths(keys, lifetime, clock);
    LinkMode mode =
        settings.authentication() == Authentication.CADC ? LinkMode.UNMODIFIED : LinkMode.SIGNED;
    ObjectLinks objects =
        new ObjectLinks(settings.environment(), SignatureStyle.AUTOMATIC, lifetime, clock);
    return new Routes.FileParts(
        new FileLinks(mode, signedPaths, objects),
        mode,
        signedPaths,
        new LocalFiles(OutsideFiles.under(settings.outsideFiles())));
  }

  private Routes.ServiceParts serviceParts(ServerSettings settings) {
    return new Routes.ServiceParts(
        settings.authentication(), Version.TEXT, admission, metrics, settings.staticFiles());
  }

  private RequestObserver observer() {
    RequestLog log = new RequestLog();
    return (exchange, route, outcome) -> {
      metrics.answered(exchange, route, outcome);
      log.answered(exchange, route, outcome);
    };
  }

  private void addGauges(StreamSlots slots, BodyBudget bodies) {
    metrics.gauge("equerry.requests.running", "Requests being answered", admission::running);
    metrics.gauge("equerry.streams.running", "Streaming queries", slots::running);
    metrics.gauge("equerry.bodies.held.bytes", "Memory for bodies of requests", bodies::heldBytes);
    metrics.gauge("equerry.repositories.open", "Open repositories", repositories::openCount);
    metrics.gauge(
        "equerry.database.connections.busy",
        "Connections to databases in use",
        repositories::busyConnections);
  }

  Admission admission() {
    return admission;
  }

  Metrics metrics() {
    return metrics;
  }

  Repositories repositories() {
    return repositories;
  }

  HttpServer http() {
    return http;
  }

  @Override
  public void close() {
    http.close();
    repositories.close();
    metrics.close();
  }
}
