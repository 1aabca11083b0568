package equerry.server;

import equerry.server.repository.RepositoryOpener;
import equerry.server.settings.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server.
public final class EquerryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EquerryServer.class);

  /// How long requests may take to notice that they are cut off.
  private static final Duration LAST_TIME = Duration.ofSeconds(2);

  private final ServerSettings settings;
  private final Wiring wiring;
  private final CountDownLatch ended = new CountDownLatch(1);

  private EquerryServer(ServerSettings settings, Wiring wiring) {
    this.settings = settings;
    this.wiring = wiring;
  }

  /// Starts a server; it answers when this returns.
  ///
  /// @param opener opens its repositories, at their first requests or, when the settings say so,
  ///     now
  /// @throws IOException when the address cannot be listened on
  /// @throws equerry.api.error.ButlerException.Invalid (configuration) when settings cannot be used
  public static EquerryServer start(ServerSettings settings, RepositoryOpener opener)
      throws IOException {
    EquerryServer server = new EquerryServer(settings, new Wiring(settings, opener));
    Thread.ofVirtual().name("metrics").start(server.wiring.metrics()::watchVirtualMachine);
    LOG.atInfo()
        .addKeyValue("url", server.url())
        .addKeyValue("version", Version.TEXT)
        .addKeyValue("repositories", server.wiring.repositories().labels())
        .log("started");
    if (settings.opening() == ServerSettings.Opening.EAGER) {
      server.wiring.repositories().openAll();
    }
    return server;
  }

  /// The port it listens on.
  public int port() {
    return wiring.http().port();
  }

  /// Where this machine reaches it, without a slash at the end.
  public String url() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + port();
  }

  /// Where a client finds a repository.
  public String url(String label) {
    return url() + "/api/butler/repo/" + label + "/";
  }

  /// Waits until SIGTERM or SIGINT, then ends the server in an orderly way.
  public void runUntilTerminated() throws InterruptedException {
    Thread ending = new Thread(this::close, "ending");
    Runtime.getRuntime().addShutdownHook(ending);
    ended.await();
  }

  /// Refuses new work, lets running requests come to their end for as long as the limits allow,
  /// and ends.
  @Override
  public void close() {
    if (ended.getCount() == 0) {
      return;
    }
    Duration time = settings.limits().drainTime();
    try {
      LOG.atInfo().addKeyValue("running", wiring.admission().running()).log("ending");
      if (!wiring.admission().drain(time)) {
        LOG.warn("{} requests are cut off after {}", wiring.admission().running(), time);
        wiring.http().endRequests();
        wiring.admission().drain(LAST_TIME);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wiring.close();
      LOG.info("ended");
      ended.countDown();
    }
  }
}
