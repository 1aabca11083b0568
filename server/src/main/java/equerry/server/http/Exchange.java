package equerry.server.http;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PercentCoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// One request and its answer, as handlers see them. Used by the thread that answers, but for
/// [#clientHasLeft].
public final class Exchange {
  private static final String JSON = "application/json";

  private final Request request;
  private final Response response;
  private final RequestPath path;
  private final String id;
  private final Principal principal;
  private final BodyReader bodies;
  private volatile boolean bodyRead;
  private volatile boolean failed;
  private @Nullable String label;
  private @Nullable RunningRequest running;
  private long bytesSent;

  Exchange(Request request, Response response, RequestPath path, String id, BodyReader bodies) {
    this.request = request;
    this.response = response;
    this.path = path;
    this.id = id;
    this.bodies = bodies;
    this.principal =
        new Principal(
            header("X-Auth-Request-User").orElse(null),
            header("X-Auth-Request-Token").orElse(null),
            header("X-Auth-Request-Service").orElse(null));
    this.bodyRead =
        !request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
            && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (isMultiplexed()) {
      request.addFailureListener(_ -> failed = true);
    }
  }

  void runAs(RunningRequest request) {
    this.running = request;
  }

  /// Says that the answer is a stream, which looks after itself from now on.
  public void attend(Attention stream) {
    if (running != null) {
      running.attend(stream);
    }
  }

  public String method() {
    return request.getMethod();
  }

  public RequestPath path() {
    return path;
  }

  /// Our name for this request in logs and answers.
  public String id() {
    return id;
  }

  public Principal principal() {
    return principal;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /// The media ranges that the client accepts, the most welcome first; everything when it says
  /// nothing.
  public List<String> accepted() {
    QuotedQualityCSV ranges = new QuotedQualityCSV();
    request.getHeaders().getValuesList(HttpHeader.ACCEPT).forEach(ranges::addValue);
    return ranges.isEmpty() ? List.of("*/*") : ranges.getValues();
  }

  /// Scheme, host and port under which the client reached us, such as `https://data.example.org`.
  public String publicBase() {
    return PublicBase.of(
        header("X-Forwarded-Proto").orElse("http"),
        header("X-Forwarded-Host").or(() -> header("Host")).orElse(authority()));
  }

  /// HTTP/2 has a pseudo-header in place of `Host`.
  private String authority() {
    String authority = request.getHttpURI().getAuthority();
    return authority == null ? "" : authority;
  }

  /// A parameter of the query string.
  ///
  /// @throws ButlerException.Invalid (malformed) when the query string cannot be decoded
  public Optional<String> query(String name) {
    String query = request.getHttpURI().getQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        return Optional.of(decodeQuery(name, pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  private static String decodeQuery(String name, String value) {
    return PercentCoding.decodeStrictly(value.replace('+', ' '))
        .orElseThrow(() -> malformedQuery(name + ": the value is not percent-encoded UTF-8"));
  }

  /// A flag of the query string, false when absent.
  ///
  /// @throws ButlerException.Invalid (malformed) when it is neither true nor false
  public boolean flag(String name) {
    String value = query(name).orElse("false");
    return switch (value) {
      case "true", "True", "1" -> true;
      case "false", "False", "0" -> false;
      default -> throw malformedQuery(name + ": expected true or false");
    };
  }

  private static ButlerException malformedQuery(String message) {
    return new ButlerException.Invalid(ErrorCode.MALFORMED, "query: " + message);
  }

  /// The whole body.
  ///
  /// @throws HttpProblem (413) when it is larger than the limit; (503, to be retried) when the bodies
  ///     of all requests are; (400) when it cannot be read
  public byte[] body() {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = bodies.read(in, request.getLength());
      bodyRead = true;
      return body;
    } catch (IOException e) {
      throw HttpProblem.of(400, "The body of the request could not be read to its end.");
    }
  }

  /// Names the repository that the request is about, for the log.
  public void about(String repositoryLabel) {
    this.label = repositoryLabel;
  }

  public Optional<String> repository() {
    return Optional.ofNullable(label);
  }

  public void setHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /// Answers 200 with JSON.
  public void json(byte[] body) throws IOException {
    answer(200, JSON, body);
  }

  /// Answers with JSON of any status.
  public void json(int status, byte[] body) throws IOException {
    answer(status, JSON, body);
  }

  public void answer(int status, String contentType, byte[] body) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    send(body, 0, body.length, Part.LAST);
  }

  /// Answers with headers alone.
  public void answerEmpty(int status) throws IOException {
    response.setStatus(status);
    send(new byte[0], 0, 0, Part.LAST);
  }

  /// Begins an answer whose body follows in parts.
  public void begin(int status, Map<String, String> headers) {
    response.setStatus(status);
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
  }

  /// Whether more of a body follows.
  public enum Part {
    MORE,
    LAST
  }

  /// Sends a part of the body and waits until the network has taken it.
  public void send(byte[] bytes, int offset, int length, Part part) throws IOException {
    bytesSent += length;
    Content.Sink.write(response, part == Part.LAST, ByteBuffer.wrap(bytes, offset, length));
  }

  public boolean isCommitted() {
    return response.isCommitted();
  }

  /// Whether the last byte of the answer was sent.
  boolean isAnswered() {
    return response.hasLastWrite();
  }

  /// Takes back the headers of an answer that was not sent yet.
  public void reset() {
    response.reset();
  }

  public int status() {
    return response.getStatus();
  }

  public long bytesSent() {
    return bytesSent;
  }

  /// Whether nobody waits for the answer any more. Knows nothing before the body was read.
  public boolean clientHasLeft() {
    if (failed || !bodyRead || isMultiplexed()) {
      return failed;
    }
    return request.getConnectionMetaData().getConnection().getEndPoint()
            instanceof WatchedEndPoint endPoint
        && endPoint.peerHasLeft();
  }

  private boolean isMultiplexed() {
    return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
  }
}
