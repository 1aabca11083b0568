package equerry.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.FileRecord;
import equerry.client.wire.FileLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final UUID ID = UUID.fromString("0d8568d8-fc99-50fc-b455-1cc9b5154558");
  private static final byte[] CONTENT = content();

  private final FakeServer server = new FakeServer();
  private RemoteButler butler;
  @TempDir private Path folder;

  private static byte[] content() {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void open() {
    butler =
        RemoteButler.open(
            server.url(),
            Options.DEFAULT
                .withToken("secret")
                .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO));
  }

  @AfterEach
  void end() throws IOException {
    assertThat(butler.openAnswers()).isZero();
    butler.close();
    server.close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".member"))).isEmpty();
    }
  }

  private FileLink link(String path, FileLink.Auth auth, long size) {
    return new FileLink(
        server.origin() + path,
        auth,
        new FileRecord(ID, null, "a/file.fits", "formatter", "Image", null, size),
        "a/file.fits");
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// Sends the part that is asked for, and at most so many bytes of it before the connection breaks.
  private static void sendRange(HttpExchange exchange, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
    byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    exchange.getResponseBody().write(rest, 0, Math.min(most, rest.length));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  @Test
  void goesOnWhereItWasCut() {
    server.on("/file", exchange -> sendRange(exchange, 100_000));
    Path target = folder.resolve("file.fits");
    butler.files().download(link("/file", FileLink.Auth.NONE, CONTENT.length), target);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(target));
    assertThat(server.seen("/file").stream().map(request -> request.header("Range")))
        .hasSizeGreaterThan(2)
        .startsWith("")
        .anyMatch(range -> range.startsWith("bytes="));
    assertThat(server.seen("/file").getFirst().header("Authorization")).isEmpty();
  }

  @Test
  void beginsAnewWhereTheServerKnowsNoRanges() {
    AtomicInteger times = new AtomicInteger();
    server.on(
        "/file",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          int bytes = times.incrementAndGet() == 1 ? 1_000 : CONTENT.length;
          exchange.getResponseBody().write(CONTENT, 0, bytes);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    Path target = folder.resolve("file.fits");
    butler.files().download(link("/file", FileLink.Auth.NONE, CONTENT.length), target);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void givesUpWithoutProgress() {
    server.on(
        "/file",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    Path target = folder.resolve("file.fits");
    assertThatThrownBy(
            () ->
                butler.files().download(link("/file", FileLink.Auth.NONE, CONTENT.length), target))
        .isInstanceOfSatisfying(
            ButlerException.Unavailable.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_UNAVAILABLE));
    assertThat(target).doesNotExist();
  }

  @Test
  void aFileOfAnotherSizeIsRefused() {
    server.on("/file", exchange -> send(exchange, 200, CONTENT));
    Path target = folder.resolve("file.fits");
    assertThatThrownBy(() -> butler.files().download(link("/file", FileLink.Auth.NONE, 17), target))
        .isInstanceOf(ButlerException.Unavailable.class)
        .hasMessageContaining("300000 bytes, not 17");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void followsToTheFileWithoutTheToken() {
    try (FakeServer store = new FakeServer()) {
      store.on("/signed", exchange -> send(exchange, 200, CONTENT));
      server.on(
          "/download",
          exchange -> {
            exchange.getResponseHeaders().add("Location", store.origin() + "/signed?key=1");
            FakeServer.send(exchange, 307, "");
          });
      Path target = folder.resolve("file.fits");
      butler.files().download(link("/download", FileLink.Auth.GAFAELFAWR, -1), target);
      assertThat(target).hasBinaryContent(CONTENT);
      assertThat(server.seen("/download").getFirst().header("Authorization"))
          .isEqualTo("Bearer secret");
      assertThat(store.seen("/signed").getFirst().header("Authorization")).isEmpty();
    }
  }

  @Test
  void takesAMemberOutOfItsArchive() throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("other.json"));
      zip.write("no".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("mem ber.json"));
      zip.write("yes".getBytes(StandardCharsets.UTF_8));
    }
    server.on("/zip", exchange -> send(exchange, 200, archive.toByteArray()));
    Path target = folder.resolve("member.json");
    butler.files().download(link("/zip#zip-path=mem%20ber.json", FileLink.Auth.NONE, 3), target);
    assertThat(target).hasContent("yes");
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(target));
  }

  @Test
  void aMissingFileIsNotFound() {
    assertThatThrownBy(
            () ->
                butler
                    .files()
                    .download(link("/nosuch", FileLink.Auth.NONE, 3), folder.resolve("x")))
        .isInstanceOfSatisfying(
            ButlerException.NotFound.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_UNAVAILABLE))
        .hasMessageContaining("a/file.fits");
  }
}
