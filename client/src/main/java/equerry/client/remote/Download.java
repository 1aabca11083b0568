package equerry.client.remote;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.client.wire.AnswerErrors;
import equerry.client.wire.FileLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// One download of a file. Used by one thread.
final class Download {
  /// How often in a row a download may be cut without a byte of progress.
  private static final int FRUITLESS = 3;

  private static final int REDIRECTS = 5;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ERROR_BYTES = 1 << 16;
  private static final String ZIP_PATH = "zip-path=";

  private final Transport transport;
  private final Credentials credentials;
  private final FileLink link;
  private final URI url;
  private final Optional<String> member;

  Download(Transport transport, Credentials credentials, FileLink link) {
    this.transport = transport;
    this.credentials = credentials;
    this.link = link;
    URI whole = URI.create(link.url());
    this.member =
        Optional.ofNullable(whole.getFragment())
            .filter(fragment -> fragment.startsWith(ZIP_PATH))
            .map(fragment -> fragment.substring(ZIP_PATH.length()));
    this.url = URI.create(link.url().replaceFirst("#.*", ""));
  }

  void to(Path target) {
    Path part = beside(target, ".part");
    fetch(part);
    try {
      Path complete = member.isPresent() ? extract(part, beside(target, ".member")) : part;
      checkSize(complete);
      Files.move(complete, target, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw local(target, e);
    }
  }

  private Path beside(Path target, String ending) {
    String component = link.record().component();
    return target.resolveSibling(
        "."
            + link.record().datasetId()
            + (component == null ? "" : "-" + Integer.toHexString(component.hashCode()))
            + ending);
  }

  private void fetch(Path part) {
    OptionalLong expected = expected();
    int fruitless = 0;
    while (true) {
      long before = size(part);
      if (expected.isPresent() && before > expected.getAsLong()) {
        delete(part);
        before = 0;
      }
      if (before > 0 && expected.isPresent() && before == expected.getAsLong()) {
        return;
      }
      IOException cut = fetchRest(part, before);
      boolean enough = expected.isEmpty() || size(part) >= expected.getAsLong();
      if (cut == null && enough) {
        return;
      }
      fruitless = size(part) > before ? 0 : fruitless + 1;
      if (fruitless >= FRUITLESS) {
        throw unavailable("the server does not send the rest of it", cut);
      }
    }
  }

  /// The size of what is fetched: known for a file of its own, not for an archive around it.
  private OptionalLong expected() {
    long size = link.record().sizeBytes();
    return member.isEmpty() && size >= 0 ? OptionalLong.of(size) : OptionalLong.empty();
  }

  /// Fetches what follows the bytes that are there.
  ///
  /// @return why the rest is not complete, null if it seems to be
  private @Nullable IOException fetchRest(Path part, long have) {
    try (Transport.Answer answer = open(have)) {
      boolean goesOn = answer.status() == 206 && startsAt(answer, have);
      if (answer.status() == 416 || (answer.status() == 206 && !goesOn)) {
        delete(part);
        return new IOException("The server does not go on where the last download ended.");
      }
      if (answer.status() != 200 && !goesOn) {
        throw refused(answer);
      }
      try (OutputStream out =
          Files.newOutputStream(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
        return copy(answer.body(), out);
      } catch (IOException e) {
        throw local(part, e);
      }
    } catch (IOException unanswered) {
      return unanswered;
    }
  }

  private static boolean startsAt(Transport.Answer answer, long have) {
    return answer
        .head()
        .headers()
        .firstValue("Content-Range")
        .orElse("")
        .startsWith("bytes " + have + "-");
  }

  private static @Nullable IOException copy(InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int read;
      try {
        read = body.read(buffer, 0, buffer.length);
      } catch (IOException cut) {
        return cut;
      }
      if (read < 0) {
        return null;
      }
      out.write(buffer, 0, read);
    }
  }

  /// Asks for the file and follows where it leads; the token goes to no other server than the
  /// link's own.
  private Transport.Answer open(long have) throws IOException {
    URI next = url;
    for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
      Transport.Answer answer = send(request(next, have));
      String location = answer.head().headers().firstValue("Location").orElse("");
      if (answer.status() < 300 || answer.status() > 399 || location.isEmpty()) {
        return answer;
      }
      answer.close();
      next = follow(next, location);
    }
    throw unavailable("it leads from place to place", null);
  }

  private Transport.Answer send(HttpRequest request) throws IOException {
    try {
      return transport.send(request);
    } catch (ButlerException.Unavailable e) {
      throw new IOException(e.detail(), e);
    }
  }

  private URI follow(URI from, String location) {
    try {
      URI next = from.resolve(location);
      if ("http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme())) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      throw unavailable("it leads to what is no URL", e);
    }
    throw unavailable("it leads to what is no web address", null);
  }

  private HttpRequest request(URI next, long have) {
    HttpRequest.Builder request = Transport.request(next);
    String authorization = credentials.of(link.auth());
    if (authorization != null && Transport.origin(next).equals(Transport.origin(url))) {
      request.header("Authorization", authorization);
    }
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    return request.build();
  }

  private ButlerException refused(Transport.Answer answer) {
    byte[] body;
    try {
      body = answer.body().readNBytes(ERROR_BYTES);
    } catch (IOException e) {
      body = new byte[0];
    }
    ButlerException error = AnswerErrors.of(answer.status(), body, name());
    return error instanceof ButlerException.NotFound
        ? new ButlerException.NotFound(ErrorCode.FILE_UNAVAILABLE, error.detail())
        : error;
  }

  private Path extract(Path archive, Path to) throws IOException {
    String name = member.orElseThrow();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw unavailable("its archive has no member of that name", null);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return to;
  }

  private void checkSize(Path file) throws IOException {
    long size = Files.size(file);
    long recorded = link.record().sizeBytes();
    if (recorded >= 0 && size != recorded) {
      Files.delete(file);
      throw unavailable("it has %d bytes, not %d".formatted(size, recorded), null);
    }
  }

  private long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  /// The file in messages: its URL may hold a signature.
  private String name() {
    return "File " + link.path() + " of dataset " + link.record().datasetId();
  }

  private ButlerException unavailable(String why, @Nullable Throwable cause) {
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE, name() + " cannot be downloaded: " + why + ".", cause);
  }

  private ButlerException local(Path file, IOException cause) {
    return new ButlerException.Unavailable(
        ErrorCode.FILE_UNAVAILABLE,
        "%s cannot be kept at %s: %s.".formatted(name(), file, cause.getMessage()),
        cause);
  }
}
