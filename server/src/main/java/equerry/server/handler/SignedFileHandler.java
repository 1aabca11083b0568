package equerry.server.handler;

import equerry.datastore.local.LocalFiles;
import equerry.datastore.local.SignedPaths;
import equerry.datastore.local.SignedTarget;
import equerry.server.http.Attention;
import equerry.server.http.Exchange;
import equerry.server.http.Route;
import equerry.server.repository.Repositories;
import equerry.server.repository.ServedRepository;
import java.io.IOException;

/// Delivers local files under the paths that this server signed. The signature is the permission,
/// so nobody need log in.
final class SignedFileHandler implements Route.Handler {
  private final SignedPaths paths;
  private final LocalFiles files;
  private final Repositories repositories;

  SignedFileHandler(SignedPaths paths, LocalFiles files, Repositories repositories) {
    this.paths = paths;
    this.files = files;
    this.repositories = repositories;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    SignedTarget target = paths.verify(exchange.path().raw());
    exchange.about(target.label());
    ServedRepository repository = repositories.load(target.label());
    exchange.attend(new Unhurried());
    FileSender.send(exchange, files.resolve(repository.datastores(), target));
  }

  /// A large file may take longer than other requests; writing notices when the client has left.
  private static final class Unhurried implements Attention {
    @Override
    public void abandon() {}

    @Override
    public void tick(long nowNanos) {}
  }
}
