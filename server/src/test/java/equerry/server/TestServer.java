package equerry.server;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.Datastores;
import equerry.datastore.FileStore;
import equerry.server.repository.RepositoryOpener;
import equerry.server.settings.Limits;
import equerry.server.settings.RepositorySettings;
import equerry.server.settings.ServerSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A server with a [FakeButler] as repository `test`, and `locked` for one group, on a free port;
/// `broken` cannot be opened.
final class TestServer implements AutoCloseable {
  static final String API = "/api/butler/repo/test/v1/";

  final FakeButler butler = new FakeButler();
  final AtomicInteger openings = new AtomicInteger();
  final EquerryServer server;
  final HttpClient client = HttpClient.newHttpClient();

  private TestServer(ServerSettings settings, Path root) throws IOException {
    Datastores datastores =
        new Datastores(
            List.of(
                FileStore.of(
                    FakeButler.STORE,
                    "file_datastore_records",
                    equerry.datastore.location.ResourceUri.ofLocalPath(
                        root.toString() + "/", ""))));
    RepositoryOpener opener =
        (label, uri) -> {
          openings.incrementAndGet();
          if (uri.equals("broken")) {
            throw new ButlerException.Invalid(
                ErrorCode.UNSUPPORTED_REPOSITORY, "Manager x has version 99, which is not known.");
          }
          return new RepositoryOpener.Opened(butler, datastores, FakeButler.STORAGE_CLASSES);
        };
    this.server = EquerryServer.start(settings.onPort(0), opener);
  }

  static TestServer start() throws IOException {
    return start(Path.of("/nonexistent"), settings -> settings);
  }

  static TestServer start(Limits limits) throws IOException {
    return start(Path.of("/nonexistent"), settings -> settings.within(limits));
  }

  static TestServer start(Path root, UnaryOperator<ServerSettings> change) throws IOException {
    ServerSettings settings =
        ServerSettings.local(
            List.of(
                new RepositorySettings("test", "here", Set.of("*")),
                new RepositorySettings("locked", "here", Set.of("g_friends")),
                new RepositorySettings("a/b", "here", Set.of("*")),
                new RepositorySettings("broken", "broken", Set.of("*"))));
    return new TestServer(change.apply(settings), root);
  }

  static ServerSettings withGafaelfawr(ServerSettings settings, URI url) {
    return new ServerSettings(
        settings.host(),
        settings.port(),
        settings.repositories(),
        Optional.of(url),
        settings.authentication(),
        settings.staticFiles(),
        settings.opening(),
        settings.limits(),
        settings.signingKeys(),
        settings.outsideFiles(),
        settings.environment());
  }

  static ServerSettings withStaticFiles(ServerSettings settings, Path directory) {
    return new ServerSettings(
        settings.host(),
        settings.port(),
        settings.repositories(),
        settings.gafaelfawr(),
        settings.authentication(),
        Optional.of(directory),
        settings.opening(),
        settings.limits(),
        settings.signingKeys(),
        settings.outsideFiles(),
        settings.environment());
  }

  static ServerSettings withSigningKeys(ServerSettings settings, Path file) {
    return new ServerSettings(
        settings.host(),
        settings.port(),
        settings.repositories(),
        settings.gafaelfawr(),
        settings.authentication(),
        settings.staticFiles(),
        settings.opening(),
        settings.limits(),
        Optional.of(file),
        settings.outsideFiles(),
        settings.environment());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(posting(path, body).build());
  }

  HttpRequest.Builder posting(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json(body)));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("No answer to " + request.uri(), e);
    }
  }

  /// A query of refs.
  static final String EXECUTE =
      "{'query':{'tree':{'dimensions':['detector'],'predicate':{'operands':[]}},"
          + "'default_data_id':{'dataId':{},'records':{}},'additional_query_inputs':[]},"
          + "'result_spec':{'result_type':'dataset_ref','dataset_type_name':'bias',"
          + "'dimensions':['detector'],'storage_class_name':'Exposure','find_first':true}}";

  static final String ALL_DATASETS =
      "{'collections':['*'],'name':['*'],'find_first':false,'data_id':{},'where':'','bind':{},"
          + "'limit':null,'with_dimension_records':false}";

  static final String LOOKUP =
      "{'dataset_type':'%s','data_id':{'instrument':'Cam1','detector':2},'collections':['c']}";

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /// Sends a request whose answer the caller reads, or not.
  Socket open(String path, String body) throws IOException {
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket("127.0.0.1", server.port());
    String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes.length;
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    return socket;
  }

  /// Waits until so many streams run, or for two seconds.
  void awaitStreams(int count) throws InterruptedException {
    for (int i = 0;
        i < 100 && !get("/metrics").body().contains("equerry_streams_running " + count + ".0");
        i++) {
      Thread.sleep(20);
    }
  }
}
