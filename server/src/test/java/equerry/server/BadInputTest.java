package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.server.settings.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever comes is answered with a status from 400 to 499 and a sentence in JSON, and the next
/// request works.
@Timeout(60)
class BadInputTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void theNextRequestWorks() {
    assertThat(server.get(TestServer.API + "universe").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "find_dataset | { | 422 | not valid JSON",
        "find_dataset | `` | 422 | empty",
        "find_dataset | {'dataset_type':'bias'} | 422 | data_id: this field is required",
        "find_dataset | {'dataset_type':7} | 422 | dataset_type: expected a string, found 7",
        "find_dataset | [[1]] | 422 | expected an object",
        "query/execute | {} | 422 | query: this field is required",
        "query/count | {'query':3,'result_spec':{}} | 422 | query: expected an object, found 3",
        "datasets | {'dataset_ids':['x']} | 422 | dataset_ids[0]: expected a UUID",
        "query_collection_info | {'expression':'x'} | 422 | expression: expected a list",
        "nosuch | {} | 404 | no path",
        "universe | {} | 405 | takes GET",
      })
  void bodiesAreChecked(String endpoint, String body, int status, String sentence) {
    HttpResponse<String> response = server.post(TestServer.API + endpoint, body);
    expect(response, status, sentence);
  }

  private static void expect(HttpResponse<String> response, int status, String sentence) {
    assertThat(response.body()).contains(sentence).startsWith("{\"detail\":");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/butler/repo/test/v1/dataset/not-a-uuid | 422 | not-a-uuid",
        "/api/butler/repo/test/v1/get_file/1-1-1-1-1 | 422 | expected a dataset id",
        "/api/butler/repo/test/v1/collection_summary | 422 | 'name' is required",
        "/api/butler/repo/test/v1/collection_info?name=%FF | 422 | query: name",
        "/api/butler/repo/test/v1/dataset/51352db4-a47a-447c-b12d-a50b206b17cd?dimension_records=x |"
            + " 422 | expected true or false",
        "/api/butler/repo/nosuch/v1/universe | 404 | Unknown repository 'nosuch'",
        "/api/butler/repo/no%2Fsuch%C3%A9/v1/universe | 404 | Unknown repository 'no/suché'",
        "/api/butler/repo/test/v1/../v1/universe | 404 | no path",
        "/api/butler/repo/%2e%2e/v1/universe | 404 | Unknown repository '..'",
        "/api/butler/repo/test%00/v1/universe | 400 | not valid HTTP",
        "/api/butler/repo/test/v1/dataset_type/%FF%FE | 400 | percent-encoded",
        "/api/butler/repo/test/v1/dataset_type/%zz | 400 |",
        "/api/butler/repo//v1/universe | 404 | no path",
        "/api/butler/repo/test/v1/nosuch | 404 | Not Found",
        "/api/butler/files/1.x/test/in/a/b | 422 | not the path of a file link",
        "/api/butler/configs/x | 404 | Not Found",
        "//// | 404 | Not Found",
      })
  void pathsAreChecked(String path, int status, String sentence) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("application/json")
        .contains("{\"detail\":")
        .contains(sentence == null ? "" : sentence)
        .doesNotContain("<html")
        .doesNotContain("\tat ");
  }

  @Test
  void namesMayHoldSlashesAndAnyOtherCharacter() {
    assertThat(server.get("/api/butler/repo/a%2Fb/v1/universe").statusCode()).isEqualTo(200);
    HttpResponse<String> type =
        server.get(TestServer.API + "dataset_type/a%2F..%2F%C3%A9%20%25%3B");
    assertThat(type.statusCode()).isEqualTo(422);
    assertThat(type.body()).contains("Dataset type 'a/../é %;' does not exist.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE\\r\\n\\r\\n",
        "GET / HTTP/9.9\\r\\nHost: a\\r\\n\\r\\n",
        "GET /\u0001 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
        "GET / HTTP/1.1\\r\\n\\r\\n",
        "POST /api/butler/repo/test/v1/find_dataset HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: x\\r\\n\\r\\n",
      })
  void brokenHttpIsAnsweredInJson(String request) throws IOException {
    String answer = raw(request.replace("\\r", "\r").replace("\\n", "\n"));
    assertThat(answer).containsPattern("^HTTP/1.1 (4|505)").contains("{\"detail\":");
  }

  @Test
  void longHeadersAreRefused() throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("{\"detail\":");
    assertThat(raw("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("{\"detail\":");
  }

  @Test
  void aHostThatIsNoneMakesNoLinks() throws IOException {
    String path = TestServer.API + "get_file/" + FakeButler.ID;
    assertThat(
            raw(
                "GET "
                    + path
                    + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: a\"<b>\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{'dataset_type':" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    expect(server.post(TestServer.API + "find_dataset", deep), 422, "nested deeper than 500");
    String not = "{'predicate_type':'not','operand':";
    String tree =
        TestServer.EXECUTE.replace(
            "'operands':[]",
            "'operands':[[" + not.repeat(10_000) + "1" + "}".repeat(10_000) + "]]");
    expect(server.post(TestServer.API + "query/execute", tree), 422, "nested deeper than 500");
  }

  @Test
  void bodiesOf200MegabytesAreRefused() {
    byte[] block = new byte[1 << 20];
    java.util.Arrays.fill(block, (byte) ' ');
    HttpRequest.BodyPublisher announced =
        HttpRequest.BodyPublishers.ofByteArrays(java.util.Collections.nCopies(200, block));
    HttpRequest.BodyPublisher withLength =
        HttpRequest.BodyPublishers.fromPublisher(announced, 200L << 20);
    for (HttpRequest.BodyPublisher body : new HttpRequest.BodyPublisher[] {announced, withLength}) {
      HttpResponse<String> response =
          server.send(server.request(TestServer.API + "find_dataset").POST(body).build());
      expect(response, 413, "larger than the " + Limits.DEFAULT.bodyBytes());
    }
  }

  @Test
  void tooManyIdsAreRefused() {
    String ids = ("'" + FakeButler.ID + "',").repeat(10_000) + "'" + FakeButler.ID + "'";
    expect(
        server.post(TestServer.API + "datasets", "{'dataset_ids':[" + ids + "]}"),
        422,
        "at most 10000 datasets, not 10001");
  }

  @Test
  void aClientThatLeavesALookUpInterruptsIt() throws Exception {
    byte[] body =
        TestServer.json(TestServer.LOOKUP.formatted("slow")).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + TestServer.API
                      + "find_dataset HTTP/1.1\r\nHost: a\r\nContent-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      Thread.sleep(300);
    }
    assertThat(server.butler.interrupted.await(1, TimeUnit.SECONDS)).isTrue();
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      byte[] block = new byte[8192];
      int count = in.read(block);
      while (count > 0) {
        answer.append(new String(block, 0, count, StandardCharsets.UTF_8));
        if (answer.toString().endsWith("}")) {
          break;
        }
        count = in.read(block);
      }
      return answer.toString();
    }
  }
}
