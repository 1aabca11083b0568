package equerry.datastore.delivery;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides how a file is sent: whole, in part, or not at all because the client has it (RFC 9110).
public final class FileDelivery {
  /// The form of dates that HTTP calls IMF-fixdate: always two digits of day, always GMT.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private FileDelivery() {}

  /// The answer to a request for a file.
  ///
  /// @param file a path without symbolic links
  /// @throws ButlerException.NotFound when there is no such file
  /// @throws ButlerException.Unavailable when it cannot be looked at
  public static FileAnswer answer(Path file, FileRequest request) {
    FileState state = stateOf(file);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", state.etag());
    headers.put("Last-Modified", HTTP_DATE.format(state.modified()));
    headers.put("Accept-Ranges", "bytes");
    if (isCurrent(request, state)) {
      return new FileAnswer(304, headers, null);
    }
    headers.put("Content-Type", ContentTypes.of(file));
    headers.put("X-Content-Type-Options", "nosniff");
    return switch (range(request, state)) {
      case ByteRange.Whole() -> {
        headers.put("Content-Length", Long.toString(state.sizeBytes()));
        yield new FileAnswer(200, headers, new FileSlice(file, 0, state.sizeBytes()));
      }
      case ByteRange.Part(long first, long last) -> {
        headers.put("Content-Range", "bytes " + first + "-" + last + "/" + state.sizeBytes());
        headers.put("Content-Length", Long.toString(last - first + 1));
        yield new FileAnswer(206, headers, new FileSlice(file, first, last - first + 1));
      }
      case ByteRange.Unsatisfiable() -> {
        headers.put("Content-Range", "bytes */" + state.sizeBytes());
        headers.put("Content-Length", "0");
        yield new FileAnswer(416, headers, null);
      }
    };
  }

  private static FileState stateOf(Path file) {
    try {
      return FileState.of(Files.readAttributes(file, "unix:size,lastModifiedTime,ino"));
    } catch (NoSuchFileException e) {
      throw new ButlerException.NotFound(
          ErrorCode.FILE_UNAVAILABLE, "The file of this link is not there any more.");
    } catch (IOException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE, "The file of this link cannot be read now.", e);
    }
  }

  /// `If-Modified-Since` counts only where there is no `If-None-Match`.
  private static boolean isCurrent(FileRequest request, FileState state) {
    String tags = request.ifNoneMatch();
    if (tags != null) {
      return matches(tags, state.etag());
    }
    return date(request.ifModifiedSince())
        .filter(since -> !state.modified().isAfter(since))
        .isPresent();
  }

  private static boolean matches(String tags, String etag) {
    if (tags.strip().equals("*")) {
      return true;
    }
    for (String tag : tags.split(",", -1)) {
      String strong = tag.strip();
      if (strong.equals(etag) || strong.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static ByteRange range(FileRequest request, FileState state) {
    String range = request.range();
    String condition = request.ifRange();
    if (range == null || (condition != null && !stillSame(condition.strip(), state))) {
      return new ByteRange.Whole();
    }
    return ByteRange.of(range, state.sizeBytes());
  }

  /// A date in `If-Range` must be exactly ours; a weak tag never fits.
  private static boolean stillSame(String condition, FileState state) {
    return condition.startsWith("\"")
        ? condition.equals(state.etag())
        : date(condition).filter(state.modified()::equals).isPresent();
  }

  private static Optional<Instant> date(@Nullable String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// What of a file's state the answer depends on.
  ///
  /// @param sizeBytes its size
  /// @param modified when it was last written, whole seconds
  /// @param etag strong tag: another file, size or time of writing (in ns) gives another tag
  private record FileState(long sizeBytes, Instant modified, String etag) {
    static FileState of(Map<String, Object> attributes) {
      long size = ((Number) value(attributes, "size")).longValue();
      Instant written =
          ((java.nio.file.attribute.FileTime) value(attributes, "lastModifiedTime")).toInstant();
      long inode = ((Number) value(attributes, "ino")).longValue();
      long nanos = written.getEpochSecond() * 1_000_000_000L + written.getNano();
      String etag =
          "\""
              + Long.toHexString(size)
              + "-"
              + Long.toHexString(nanos)
              + "-"
              + Long.toHexString(inode)
              + "\"";
      return new FileState(size, written.truncatedTo(ChronoUnit.SECONDS), etag);
    }

    private static Object value(Map<String, Object> attributes, String name) {
      Object value = attributes.get(name);
      if (value == null) {
        throw new IllegalStateException("The file system gives no " + name);
      }
      return value;
    }
  }
}
