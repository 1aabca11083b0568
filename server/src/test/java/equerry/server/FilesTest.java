package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FilesTest {
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir Path root;
  @TempDir Path configs;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(root.resolve("run/1"));
    Files.writeString(root.resolve("run/1/bias é"), "hello");
    Files.writeString(configs.resolve("index.yaml"), "dp1: x\n");
    server = TestServer.start(root, settings -> TestServer.withStaticFiles(settings, configs));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode artifact() {
    return JSON.readTree(server.get(TestServer.API + "get_file/" + FakeButler.ID).body())
        .get("artifact");
  }

  private HttpResponse<String> fetch(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request.build());
  }

  @Test
  void tellsWhereFilesAre() {
    JsonNode artifact = artifact();
    assertThat(artifact.get("datastore_type").stringValue()).isEqualTo("file");
    JsonNode info = artifact.get("file_info").get(0);
    assertThat(info.get("auth").stringValue()).isEqualTo("none");
    assertThat(info.get("datastoreRecords").toString())
        .isEqualTo(
            TestServer.json(
                "{'formatter':'a.Formatter','path':'run/1/bias é#1.json','storage_class':'Exposure',"
                    + "'component':null,'checksum':null,'file_size':5}"));
    assertThat(info.get("url").stringValue())
        .startsWith(server.server.url() + "/api/butler/files/")
        .endsWith("/run/1/bias%20%C3%A9#1.json");
  }

  @Test
  void deliversFiles() {
    String url = artifact().get("file_info").get(0).get("url").stringValue();
    HttpResponse<String> whole = fetch(url);
    assertThat(whole.body()).isEqualTo("hello");
    assertThat(whole.headers().firstValue("Content-Length")).hasValue("5");
    HttpResponse<String> part = fetch(url, "Range", "bytes=1-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("ell");
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1-3/5");
    String etag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(fetch(url, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(fetch(url, "Range", "bytes=9-").statusCode()).isEqualTo(416);
    HttpResponse<String> head =
        server.send(
            HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(head.headers().firstValue("Content-Length")).hasValue("5");
    assertThat(head.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesLinksThatItDidNotMake() throws IOException {
    String url = artifact().get("file_info").get(0).get("url").stringValue();
    assertThat(fetch(url.replace("run/1", "run/2")).statusCode()).isEqualTo(403);
    Files.delete(root.resolve("run/1/bias é"));
    HttpResponse<String> gone = fetch(url);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).startsWith("{\"detail\":");
  }

  @Test
  void makesLinksForTheHostThatTheClientUsed() {
    HttpResponse<String> response =
        server.get(
            TestServer.API + "get_file/" + FakeButler.ID,
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "data.example.org, inner");
    assertThat(response.body()).contains("\"url\":\"https://data.example.org/api/butler/files/");
  }

  @Test
  void aDatasetWithoutFilesHasNoArtifact() {
    assertThat(server.get(TestServer.API + "get_file/" + FakeButler.WITHOUT_FILE).body())
        .endsWith("\"artifact\":null}");
    HttpResponse<String> unknown =
        server.get(TestServer.API + "get_file/00000000-0000-4000-8000-000000000000");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("\"error_type\":\"dataset_not_found\"");
    assertThat(
            server
                .post(TestServer.API + "get_file_by_data_id", TestServer.LOOKUP.formatted("bias"))
                .body())
        .contains("\"artifact\":{");
  }

  @Test
  void redirectsDownloads() {
    String path = TestServer.API + "dataset/%s/download%s";
    HttpResponse<String> one = server.get(path.formatted(FakeButler.ID, ""));
    assertThat(one.statusCode()).isEqualTo(307);
    assertThat(one.headers().firstValue("Location").orElseThrow()).contains("/api/butler/files/");
    assertThat(server.get(path.formatted(FakeButler.IN_PARTS, "?component=summary")).statusCode())
        .isEqualTo(307);
    HttpResponse<String> several = server.get(path.formatted(FakeButler.IN_PARTS, ""));
    assertThat(several.statusCode()).isEqualTo(422);
    assertThat(several.body()).startsWith("{\"detail\":").contains("['data', 'summary']");
    assertThat(server.get(path.formatted(FakeButler.IN_PARTS, "?component=x")).statusCode())
        .isEqualTo(404);
    assertThat(server.get(path.formatted(FakeButler.WITHOUT_FILE, "")).statusCode()).isEqualTo(404);
    assertThat(server.get(path.formatted("00000000-0000-4000-8000-000000000000", "")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void tellsLastingAddressesForTransfers() {
    HttpResponse<String> response =
        server.post(
            TestServer.API + "file_transfer",
            "{'dataset_ids':['" + FakeButler.IN_PARTS + "','" + FakeButler.WITHOUT_FILE + "']}");
    JsonNode files = JSON.readTree(response.body()).get("files");
    assertThat(files.size()).isOne();
    JsonNode first = files.get(FakeButler.IN_PARTS.toString()).get(0);
    assertThat(first.get("url").stringValue())
        .isEqualTo(
            server.server.url()
                + TestServer.API
                + "dataset/"
                + FakeButler.IN_PARTS
                + "/download?component=data");
    assertThat(first.get("auth").stringValue()).isEqualTo("gafaelfawr");
    assertThat(first.get("file_info").get("component").stringValue()).isEqualTo("data");
  }

  @Test
  void deliversStaticFilesAndNothingElse() throws IOException {
    assertThat(server.get("/api/butler/configs/index.yaml").body()).isEqualTo("dp1: x\n");
    Path secret = Files.writeString(root.resolve("secret"), "s");
    Files.createSymbolicLink(configs.resolve("link"), secret);
    for (String path :
        new String[] {"link", "..%2Fsecret", "%2e%2e/secret", "nosuch", "", "index.yaml/"}) {
      assertThat(server.get("/api/butler/configs/" + path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
