package equerry.server.http;

import java.util.Map;

/// An answer that is an error of HTTP rather than of a butler: `{"detail":"…"}` with a status.
///
/// Clients of the protocol do not look at the text; people and logs do.
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String RETRY_AFTER = "Retry-After";

  private final int status;
  private final String detail;
  private final transient Map<String, String> headers;

  private HttpProblem(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
  }

  public static HttpProblem of(int status, String detail) {
    return new HttpProblem(status, detail, Map.of());
  }

  /// One that goes away by itself. Clients repeat the request after that many seconds, and only if
  /// the number is an integer; they do so for two minutes at most.
  ///
  /// @param status 503, or 429 when it is about this user only
  public static HttpProblem retryable(int status, String detail, int afterSeconds) {
    return new HttpProblem(status, detail, Map.of(RETRY_AFTER, Integer.toString(afterSeconds)));
  }

  /// A path that exists, but not for this method.
  public static HttpProblem methodNotAllowed(String allowed) {
    return new HttpProblem(
        405, "Method Not Allowed; this path takes " + allowed, Map.of("Allow", allowed));
  }

  public int status() {
    return status;
  }

  public String detail() {
    return detail;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
