package equerry.client.wire;

import equerry.api.dimension.DimensionUniverse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bytes that the stock client and server exchanged, and universes as the stock package knows them.
final class Captured {
  static final JsonMapper JSON = new JsonMapper();

  private Captured() {}

  static String text(String name) {
    try (InputStream in = Captured.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(String name) {
    return text(name).lines().toList();
  }

  static DimensionUniverse universe(int version) {
    Map<String, Object> config =
        JSON.readValue(text("universe" + version + "-config.json"), new TypeReference<>() {});
    return DimensionUniverse.of(config);
  }

  static JsonNode tree(byte[] json) {
    return JSON.readTree(json);
  }

  static JsonNode tree(String json) {
    return JSON.readTree(json);
  }
}
