package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.table.TableFormat;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// `query/table`: formats, errors and ends. What the tables hold is compared with the stock package
/// in `interop`.
@Timeout(30)
class TablesTest {
  private static final String TABLE = TestServer.API + "query/table";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(StreamsTest.quickLimits());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> ask(String... acceptHeader) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server.port() + TABLE))
            .POST(HttpRequest.BodyPublishers.ofString(TestServer.json(TestServer.EXECUTE)));
    for (String accept : acceptHeader) {
      request.header("Accept", accept);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()).join();
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void rowsComeAsCsvWithAHead() {
    server.butler.rows = () -> new FakeRows(List.of(FakeRows.row(1), FakeRows.row(2)));
    HttpResponse<byte[]> response = ask("text/csv");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv");
    assertThat(response.headers().firstValue("Vary")).hasValue("Accept");
    assertThat(text(response).lines())
        .containsExactly(
            "instrument,detector,dataset_id,run",
            "Cam1,1," + FakeButler.ID + ",run/1",
            "Cam1,2," + FakeButler.ID + ",run/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/vnd.apache.arrow.stream",
        "text/*|text/csv",
        "TEXT/CSV; charset=utf-8|text/csv",
        "application/x-votable+xml|application/x-votable+xml;serialization=binary2",
        "application/x-votable+xml; serialization=TABLEDATA"
            + "|application/x-votable+xml;serialization=tabledata",
        "text/csv;q=0.5, application/vnd.apache.arrow.stream;q=0.9"
            + "|application/vnd.apache.arrow.stream",
        "application/vnd.apache.parquet, text/csv;q=0.1|text/csv",
      })
  void theFormatIsTheMostWelcomeOne(String accept, String contentType) {
    assertThat(ask(accept).headers().firstValue("Content-Type")).hasValue(contentType);
  }

  @Test
  void theFormatIsArrowWhenNoneIsAskedFor() {
    assertThat(ask().headers().firstValue("Content-Type"))
        .hasValue("application/vnd.apache.arrow.stream");
  }

  @ParameterizedTest
  @CsvSource({"application/vnd.apache.parquet", "text/csv;q=0", "'nonsense'"})
  void formatsThatAreNotThereAreRefused(String accept) {
    HttpResponse<byte[]> response = ask(accept);
    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(text(response)).contains("text/csv").contains("application/x-votable+xml");
  }

  @ParameterizedTest
  @EnumSource
  void noRowsAreATableAllTheSame(TableFormat format) {
    HttpResponse<byte[]> response = ask(format.mediaType());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).contains("detector").contains("dataset_id");
  }

  @ParameterizedTest
  @EnumSource
  void errorsBeforeTheFirstRowHaveAStatus(TableFormat format) {
    server.butler.rows =
        () ->
            FakeRows.failing(
                0, new ButlerException.Invalid(ErrorCode.CALIBRATION_LOOKUP, "Ambiguous"));
    HttpResponse<byte[]> response = ask(format.mediaType());
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(text(response)).contains("\"error_type\":\"calibration_lookup\"");
  }

  @ParameterizedTest
  @EnumSource
  void errorsAfterRowsCutTheTable(TableFormat format) {
    server.butler.rows =
        () ->
            FakeRows.failing(
                300_000, new ButlerException.Invalid(ErrorCode.CALIBRATION_LOOKUP, "Ambiguous"));
    assertThatThrownBy(() -> ask(format.mediaType())).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void namesThatDoNotExistAreRefused() {
    HttpResponse<String> response =
        server.post(TABLE, TestServer.EXECUTE.replace("detector", "planet"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"error_type\":\"dimension_name\"");
  }

  @Test
  void rowsAreReadNoFasterThanTheyAreTaken() throws Exception {
    long[] read = {0};
    server.butler.rows =
        () ->
            new FakeRows(
                () ->
                    LongStream.iterate(0, i -> i + 1)
                        .peek(i -> read[0] = i)
                        .mapToObj(FakeRows::row)
                        .iterator());
    try (Socket socket = server.open(TABLE, TestServer.EXECUTE)) {
      Thread.sleep(1_500);
      long soon = read[0];
      Thread.sleep(500);
      assertThat(read[0]).as("rows read while nobody takes any").isEqualTo(soon);
      assertThat(socket.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
    }
  }

  @Test
  void aClientThatLeavesCancelsItsQuery() throws Exception {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    Socket socket = server.open(TABLE, TestServer.EXECUTE);
    Thread.sleep(300);
    socket.close();
    assertThat(slow.closed.await(1, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tablesCountAsStreams() throws Exception {
    FakeRows slow = FakeRows.never();
    server.butler.rows = () -> slow;
    List<CompletableFuture<HttpResponse<byte[]>>> running =
        List.of(CompletableFuture.supplyAsync(this::ask), CompletableFuture.supplyAsync(this::ask));
    server.awaitStreams(2);
    HttpResponse<byte[]> refused = ask();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    slow.close();
    assertThat(running).allMatch(answer -> answer.join().statusCode() == 200);
  }
}
