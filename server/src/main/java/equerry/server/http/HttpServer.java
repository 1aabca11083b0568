package equerry.server.http;

import equerry.server.settings.Limits;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP library, set up: HTTP/1.1 and unencrypted HTTP/2 on one port, a virtual thread for each
/// request, paths as they came.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 4;
  private static final int SELECTORS = 1;
  private static final int ACCEPTORS = 1;

  private final Server server;
  private final ServerConnector connector;
  private final Watch watch;

  private HttpServer(Server server, ServerConnector connector, Watch watch) {
    this.server = server;
    this.connector = connector;
    this.watch = watch;
  }

  /// Starts to listen.
  ///
  /// @param host address to listen on
  /// @param port port, 0 for any that is free
  /// @throws BindException when that cannot be listened on
  public static HttpServer start(
      String host,
      int port,
      Router router,
      Admission admission,
      RequestObserver observer,
      BodyBudget bodyBudget,
      Limits limits)
      throws IOException {
    Watch watch = new Watch();
    FrontHandler handler =
        new FrontHandler(
            router,
            admission,
            watch,
            observer,
            new BodyReader.Limits(limits.bodyBytes(), limits.discardBytes()),
            bodyBudget,
            limits.requestTime());
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    Server server = new Server(threads);
    server.setErrorHandler(new JsonErrorHandler());
    server.setHandler(handler);
    // Admission has let running requests end; idle connections need no farewell.
    server.setStopTimeout(0);
    HttpConfiguration http = configuration(limits);
    ServerConnector connector = new WatchedConnector(server, http);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleTime().toMillis());
    server.addConnector(connector);
    HttpServer started = new HttpServer(server, connector, watch);
    try {
      server.start();
    } catch (Exception e) {
      started.close();
      throw e instanceof IOException io ? io : new IOException("HTTP cannot be served", e);
    }
    return started;
  }

  private static HttpConfiguration configuration(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(limits.headerBytes());
    // Names may hold any character, encoded; the router takes paths apart before it decodes them.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  private static final class WatchedConnector extends ServerConnector {
    WatchedConnector(Server server, HttpConfiguration http) {
      super(
          server,
          ACCEPTORS,
          SELECTORS,
          new HttpConnectionFactory(http),
          new HTTP2CServerConnectionFactory(http));
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      SocketChannelEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler());
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }
  }

  /// The port that is listened on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Stops the requests that still run: queries are cancelled, answers cut off.
  public void endRequests() {
    watch.endAll();
  }

  /// Ends all connections.
  @Override
  public void close() {
    watch.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not end", e);
    } finally {
      server.destroy();
    }
  }
}
