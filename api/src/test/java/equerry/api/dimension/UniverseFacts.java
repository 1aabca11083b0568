package equerry.api.dimension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/// What the stock package says about universes 0 to 8, made by `src/test/python/universe_facts.py`.
public final class UniverseFacts {
  private static final Map<String, Map<String, Object>> ALL = read();

  private UniverseFacts() {}

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> read() {
    try (InputStream file =
            Objects.requireNonNull(
                UniverseFacts.class.getResourceAsStream("universe_facts.json.gz"));
        InputStream in = new GZIPInputStream(file)) {
      return JsonMapper.shared().readValue(in, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> of(int version) {
    return Objects.requireNonNull(ALL.get(Integer.toString(version)));
  }

  /// The universe that the stock package ships as a version.
  public static DimensionUniverse universe(int version) {
    return DimensionUniverse.of(map(of(version), "config"));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> facts, String key) {
    return (Map<String, Object>) Objects.requireNonNull(facts.get(key), key);
  }

  @SuppressWarnings("unchecked")
  static <T> List<T> list(Map<String, Object> facts, String key) {
    return (List<T>) Objects.requireNonNull(facts.get(key), key);
  }
}
