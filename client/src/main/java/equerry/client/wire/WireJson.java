package equerry.client.wire;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON library, set up for the protocol.
final class WireJson {
  private static final JsonFactory WRITING =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final int EXPECTED_BYTES = 512;

  private final WireLimits limits;
  private final JsonMapper mapper;

  WireJson(WireLimits limits) {
    this.limits = limits;
    JsonFactory reading =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.nestingDepth())
                    .maxStringLength(limits.stringLength())
                    .build())
            .build();
    this.mapper =
        JsonMapper.builder(reading).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /// Parses a body.
  ///
  /// @throws ButlerException.Invalid (malformed) when it is not one JSON object within the limits
  WireValue parse(byte[] body) {
    if (body.length == 0) {
      throw new ButlerException.Invalid(
          ErrorCode.MALFORMED, "The body is empty, where a JSON object is expected.");
    }
    try {
      JsonNode node = mapper.readTree(body);
      WireValue root = WireValue.root(node);
      if (!node.isObject()) {
        throw root.unexpected("an object");
      }
      return root;
    } catch (StreamConstraintsException e) {
      throw malformed(
          "The body is nested deeper than %d levels or holds a string of more than %d characters."
              .formatted(limits.nestingDepth(), limits.stringLength()),
          e);
    } catch (JacksonException e) {
      throw malformed("The body is not valid JSON" + place(e.getLocation()) + ".", e);
    }
  }

  /// Starts to read a stream of JSON values.
  JsonParser parser(InputStream stream) {
    return mapper.createParser(stream);
  }

  /// Reads the value that a parser stands at.
  static WireValue read(JsonParser parser) {
    return WireValue.root(parser.readValueAsTree());
  }

  private static String place(TokenStreamLocation at) {
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static ButlerException malformed(String message, JacksonException cause) {
    return new ButlerException.Invalid(ErrorCode.MALFORMED, message, cause);
  }

  /// Writes one value as bytes.
  static byte[] bytes(Consumer<JsonGenerator> value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(EXPECTED_BYTES);
    try (JsonGenerator json = generator(out)) {
      value.accept(json);
    }
    return out.toByteArray();
  }

  /// A generator that leaves its stream open when closed.
  static JsonGenerator generator(OutputStream out) {
    return WRITING.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }
}
