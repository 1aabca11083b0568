package equerry.client.wire;

import equerry.api.error.ButlerException;

/// Writes errors: as bodies of answers, and as the last line of a stream that has begun.
public final class WireErrors {
  private WireErrors() {}

  /// The body from which clients make the exception of the same name.
  public static byte[] butlerError(ButlerException error) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("error_type", error.code().wireName());
          json.writeStringProperty("detail", error.detail());
          json.writeEndObject();
        });
  }

  /// The line of a stream with the same content.
  public static byte[] line(ButlerException error) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "error");
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("error_type", error.code().wireName());
          json.writeStringProperty("detail", error.detail());
          json.writeEndObject();
          json.writeEndObject();
          json.writeRaw('\n');
        });
  }

  /// The body of an error of HTTP itself: `{"detail":"…"}`.
  public static byte[] detail(String sentence) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("detail", sentence);
          json.writeEndObject();
        });
  }

  /// The body for a request that cannot be understood, in the form of the stock server: a list of
  /// faults.
  ///
  /// @param kind a word for the kind of fault
  /// @param part `body`, `path` or `query`
  /// @param sentence what was wrong where
  public static byte[] fault(String kind, String part, String sentence) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("detail");
          json.writeStartObject();
          json.writeStringProperty("type", kind);
          json.writeName("loc");
          json.writeStartArray();
          json.writeString(part);
          json.writeEndArray();
          json.writeStringProperty("msg", sentence);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
