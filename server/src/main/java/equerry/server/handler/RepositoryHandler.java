package equerry.server.handler;

import equerry.server.http.Exchange;
import equerry.server.http.Route;
import equerry.server.identity.AccessPolicy;
import equerry.server.repository.Repositories;
import equerry.server.repository.ServedRepository;
import java.io.IOException;

/// Answers requests about one repository, once it is sure that the user may ask and it is open.
final class RepositoryHandler implements Route.Handler {
  private final AccessPolicy access;
  private final Repositories repositories;
  private final Endpoint endpoint;

  /// What is asked of a repository.
  @FunctionalInterface
  interface Endpoint {
    void answer(Exchange exchange, ServedRepository repository) throws IOException;
  }

  RepositoryHandler(AccessPolicy access, Repositories repositories, Endpoint endpoint) {
    this.access = access;
    this.repositories = repositories;
    this.endpoint = endpoint;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String label = Paths.label(exchange);
    exchange.about(label);
    access.check(exchange.principal(), label);
    endpoint.answer(exchange, repositories.load(label));
  }
}
