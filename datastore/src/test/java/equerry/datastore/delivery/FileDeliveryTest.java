package equerry.datastore.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeliveryTest {
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
  private Path file = Path.of("/unset");

  @BeforeEach
  void makeFile(@TempDir Path directory) throws IOException {
    file = directory.toRealPath().resolve("x.fits");
    Files.writeString(file, "0123456789");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1994-11-06T08:49:37.250Z")));
  }

  private FileAnswer range(String range) {
    return FileDelivery.answer(file, new FileRequest(range, null, null, null));
  }

  private static String body(FileAnswer answer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Objects.requireNonNull(answer.body()).writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static @Nullable String header(FileAnswer answer, String name) {
    return answer.headers().get(name);
  }

  private String etag() {
    return Objects.requireNonNull(header(FileDelivery.answer(file, FileRequest.PLAIN), "ETag"));
  }

  @Test
  void aPlainRequestGetsTheWholeFile() {
    FileAnswer answer = FileDelivery.answer(file, FileRequest.PLAIN);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer)).isEqualTo("0123456789");
    assertThat(answer.headers())
        .containsEntry("Content-Length", "10")
        .containsEntry("Last-Modified", DATE)
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("Content-Type", "application/fits")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .doesNotContainKey("Content-Range");
    assertThat(etag()).matches("\"[0-9a-f-]+\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0-0",
    "bytes=2-4, 234, 2-4",
    "bytes=7-, 789, 7-9",
    "bytes=-3, 789, 7-9",
    "bytes=-99, 0123456789, 0-9",
    "bytes=8-99999999999999999999999, 89, 8-9",
    "Bytes = 2-4 , 234, 2-4"
  })
  void aRangeGetsItsPart(String range, String body, String extent) {
    FileAnswer answer = range(range);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(body(answer)).isEqualTo(body);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + extent + "/10");
    assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(body.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
  void aRangeBeyondTheFileIsRefusedWithItsSize(String range) {
    FileAnswer answer = range(range);

    assertThat(answer.status()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10");
    assertThat(answer.body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=4-2",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0-1,4-5",
        "bytes=1-2-3",
        "bytes=٣-٤"
      })
  void whatIsNoSingleRangeGetsTheWholeFile(String range) {
    assertThat(range(range).status()).isEqualTo(200);
    assertThat(body(range(range))).isEqualTo("0123456789");
  }

  @Test
  void anEmptyFileHasNoRanges() throws IOException {
    Files.writeString(file, "");

    assertThat(body(FileDelivery.answer(file, FileRequest.PLAIN))).isEmpty();
    assertThat(range("bytes=0-0").status()).isEqualTo(416);
    assertThat(range("bytes=-1").status()).isEqualTo(416);
  }

  @Test
  void aClientThatHasTheFileGetsNoBody() {
    String etag = etag();
    for (String tags : List.of(etag, "\"x\", " + etag, "W/" + etag, "*")) {
      FileAnswer answer = FileDelivery.answer(file, new FileRequest(null, tags, null, null));
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.body()).isNull();
      assertThat(header(answer, "ETag")).isEqualTo(etag);
    }
    assertThat(FileDelivery.answer(file, new FileRequest(null, "\"x\"", DATE, null)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|304",
        "Mon, 07 Nov 1994 08:49:37 GMT|304",
        "Sun, 06 Nov 1994 08:49:36 GMT|200",
        "yesterday|200"
      })
  void theDateOfTheClientsCopyCounts(String since, int status) {
    assertThat(FileDelivery.answer(file, new FileRequest(null, null, since, null)).status())
        .isEqualTo(status);
  }

  @Test
  void aRangeOfAnotherVersionGetsTheWholeFile() {
    for (String same : List.of(etag(), DATE)) {
      assertThat(FileDelivery.answer(file, new FileRequest("bytes=0-1", null, null, same)).status())
          .isEqualTo(206);
    }
    for (String other : List.of("\"x\"", "W/" + etag(), "Sun, 06 Nov 1994 08:49:38 GMT", "x")) {
      assertThat(
              FileDelivery.answer(file, new FileRequest("bytes=0-1", null, null, other)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void theTagChangesWithTheFile() throws IOException {
    String before = etag();
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1994-11-06T08:49:37.251Z")));
    String touched = etag();
    Path copy = file.resolveSibling("copy");
    Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(List.of(before, touched, etag())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "a.html,application/octet-stream",
    "a.svg,application/octet-stream",
    "a,application/octet-stream",
    "a.fits.gz,application/octet-stream",
    "a.JSON,application/json"
  })
  void onlyHarmlessTypesAreNamed(String name, String type) throws IOException {
    Path other = Files.writeString(file.resolveSibling(name), "x");

    assertThat(header(FileDelivery.answer(other, FileRequest.PLAIN), "Content-Type"))
        .isEqualTo(type);
  }

  @Test
  void aMissingFileIsNotFound() {
    assertThatThrownBy(() -> FileDelivery.answer(file.resolveSibling("none"), FileRequest.PLAIN))
        .isInstanceOf(ButlerException.NotFound.class);
  }

  @Test
  void aFileThatShrinksBreaksOff() throws IOException {
    FileAnswer answer = FileDelivery.answer(file, FileRequest.PLAIN);
    Files.writeString(file, "01");

    assertThatThrownBy(
            () -> Objects.requireNonNull(answer.body()).writeTo(new ByteArrayOutputStream()))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aFileThatBecameALinkIsNotOpened() throws IOException {
    FileAnswer answer = FileDelivery.answer(file, FileRequest.PLAIN);
    Path secret = Files.writeString(file.resolveSibling("secret"), "0123456789");
    Files.delete(file);
    Files.createSymbolicLink(file, secret);

    assertThatThrownBy(
            () -> Objects.requireNonNull(answer.body()).writeTo(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class);
  }
}
