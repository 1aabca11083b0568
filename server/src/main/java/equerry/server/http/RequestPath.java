package equerry.server.http;

import equerry.datastore.location.PercentCoding;
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
    String text =
        PercentCoding.decodeStrictly(segment)
            .orElseThrow(
                () ->
                    HttpProblem.of(
                        400,
                        "The path of the request is not percent-encoded UTF-8 and cannot be read."));
    if (text.indexOf('\0') >= 0) {
      throw HttpProblem.of(400, "The path of the request holds a NUL character.");
    }
    return text;
  }
}
