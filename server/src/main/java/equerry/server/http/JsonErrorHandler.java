package equerry.server.http;

import equerry.client.wire.WireErrors;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers, in JSON, requests that the HTTP library refuses before we see them: broken request
/// lines, headers that are too long.
final class JsonErrorHandler extends ErrorHandler {
  private static final Map<Integer, String> SENTENCES =
      Map.of(
          400, "The request is not valid HTTP: its first line or a header holds what it may not.",
          414, "The URI of the request is too long.",
          431, "The headers of the request are too long.",
          505, "This server speaks HTTP/1.0, HTTP/1.1 and HTTP/2.");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] body = body(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, "application/json"));
    return ByteBuffer.wrap(body(status));
  }

  private static byte[] body(int status) {
    String sentence = SENTENCES.getOrDefault(status, status + " " + HttpStatus.getMessage(status));
    return WireErrors.detail(sentence);
  }
}
