package equerry.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The path of a request, split at the slashes it was sent with and decoded once after that, so that
/// a name may hold a slash (`%2F`).
///
/// @param raw the path as it came
/// @param segments its decoded segments, without the empty one before the first slash
public record RequestPath(String raw, List<String> segments) {
  public RequestPath {
    segments = List.copyOf(segments);
  }

  /// Splits a path.
  ///
  /// @throws HttpProblem (400) when it does not begin with a slash or cannot be decoded
  public static RequestPath of(String raw) {
    if (!raw.startsWith("/")) {
      throw HttpProblem.of(400, "The path of the request does not begin with a slash.");
    }
    List<String> segments = new ArrayList<>();
    int start = 1;
    for (int end = raw.indexOf('/', start); end >= 0; end = raw.indexOf('/', start)) {
      segments.add(decode(raw.substring(start, end)));
      start = end + 1;
    }
    segments.add(decode(raw.substring(start)));
    return new RequestPath(raw, segments);
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.put(bytes[i]);
        continue;
      }
      int high = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw undecodable();
      }
      decoded.put((byte) (high * 16 + low));
      i += 2;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
      if (text.indexOf('\0') >= 0) {
        throw HttpProblem.of(400, "The path of the request holds a NUL character.");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw undecodable();
    }
  }

  private static HttpProblem undecodable() {
    return HttpProblem.of(
        400, "The path of the request is not percent-encoded UTF-8 and cannot be read.");
  }
}
