package equerry.server.observe;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a log event as one line of JSON: `event`, `severity`, `timestamp`, `logger`, then the
/// event's own fields beside them, as the stock server's log library does. (Logback's own JSON
/// encoder puts fields in a list of their own and their values as text.)
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NONE = {};
  private static final int EXPECTED_BYTES = 512;

  private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTraces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(EXPECTED_BYTES);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("event", event.getFormattedMessage());
      json.writeStringProperty(
          "severity", event.getLevel().toString().toLowerCase(java.util.Locale.ROOT));
      json.writeStringProperty("timestamp", event.getInstant().toString());
      json.writeStringProperty("logger", event.getLoggerName());
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          json.writeName(pair.key);
          write(json, pair.value);
        }
      }
      if (event.getThrowableProxy() != null) {
        json.writeStringProperty("exception", stackTraces.convert(event));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (name, item) -> {
              json.writeName(String.valueOf(name));
              write(json, item);
            });
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }
}
