package equerry.datastore.template;

import equerry.api.dimension.DimensionUniverse;
import equerry.datastore.template.Formatters.Extensions;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The configuration that the stock package has for datastores, which that of a repository is laid
/// over, key by key; and how the files of known formatters end.
public final class StockDefaults {
  private static final StockDefaults LOADED = read();

  private final Map<?, ?> sections;
  private final Map<String, Extensions> extensions;

  private StockDefaults(Map<?, ?> sections) {
    this.sections = sections;
    this.extensions = new LinkedHashMap<>();
    section("extensions")
        .forEach((name, ends) -> extensions.put((String) name, extensions((Map<?, ?>) ends)));
  }

  /// The defaults that come with this program.
  public static StockDefaults load() {
    return LOADED;
  }

  private static StockDefaults read() {
    try (InputStream in =
        StockDefaults.class.getResourceAsStream("/equerry/datastore/stock-defaults.json")) {
      return new StockDefaults(
          JsonMapper.shared().readValue(Objects.requireNonNull(in), LinkedHashMap.class));
    } catch (IOException e) {
      throw new IllegalStateException("The defaults of datastores cannot be read", e);
    }
  }

  /// A sub-section of a datastore's section over that of the defaults.
  public Map<?, ?> merged(String name, Map<?, ?> section, Faults faults) {
    @Nullable Object written = section.get(name);
    if (written == null) {
      return section(name);
    }
    if (written instanceof Map<?, ?> own) {
      return merged(section(name), own);
    }
    faults.in(name).add("must be a mapping");
    return section(name);
  }

  /// The formatters of a datastore's section over those of the defaults.
  public Formatters formatters(Map<?, ?> section, Faults faults, DimensionUniverse universe) {
    return Formatters.read(
        merged("formatters", section, faults), faults.in("formatters"), universe, extensions);
  }

  private Map<?, ?> section(String name) {
    return (Map<?, ?>) Objects.requireNonNull(sections.get(name), name);
  }

  private static Map<?, ?> merged(Map<?, ?> base, Map<?, ?> over) {
    Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>(base);
    over.forEach(
        (key, value) ->
            result.put(
                key,
                value instanceof Map<?, ?> inner && base.get(key) instanceof Map<?, ?> below
                    ? merged(below, inner)
                    : value));
    return result;
  }

  private static Extensions extensions(Map<?, ?> ends) {
    List<String> read =
        ((List<?>) Objects.requireNonNull(ends.get("reads")))
            .stream().map(String::valueOf).toList();
    @Nullable Object parameter = ends.get("parameter");
    return new Extensions(
        String.valueOf(ends.get("write")), parameter == null ? null : parameter.toString(), read);
  }
}
