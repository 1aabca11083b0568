package equerry.registry.create;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The dimension universes that come with the stock package, as its new repositories keep them.
///
/// Made by `interop/make_schema_resources.py`.
public final class Universes {
  /// The universe of a new repository that asks for no other.
  public static final int CURRENT = 8;

  private Universes() {}

  /// The JSON of a version, from 0 to [#CURRENT].
  ///
  /// @throws ButlerException.NotFound (configuration) for another version
  public static String json(int version) {
    try (InputStream text = Universes.class.getResourceAsStream("universe-" + version + ".json")) {
      if (text == null) {
        throw new ButlerException.NotFound(
            ErrorCode.CONFIGURATION,
            "There is no dimension universe "
                + version
                + "; known are 0 to "
                + CURRENT
                + ". Give a file for one of your own.");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new ButlerException.Internal("A dimension universe cannot be read.", unreadable);
    }
  }

  /// The universe that a JSON text describes.
  ///
  /// @throws ButlerException.Invalid (configuration) when the description is broken
  @SuppressWarnings("unchecked")
  public static DimensionUniverse parse(String json) {
    try {
      return DimensionUniverse.of(
          (Map<String, Object>) new JsonMapper().readValue(json, Map.class));
    } catch (JacksonException broken) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION, "A dimension universe is no JSON object.", broken);
    }
  }
}
