package equerry.registry.migrate;

import equerry.registry.create.Universes;
import equerry.registry.schema.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Tells whether a repository's dimensions are those of the stock package.
final class KnownUniverse {
  private KnownUniverse() {}

  /// The version of the stock package's universe that a repository has unchanged, but for the texts
  /// that explain dimensions; empty for any other universe.
  static Optional<Integer> versionOf(Attributes attributes) {
    int version = attributes.universe().config().version();
    if (version < 0 || version > Universes.CURRENT) {
      return Optional.empty();
    }
    Object stored = meaning(attributes.find("config:dimensions.json").orElse("{}"));
    return stored.equals(meaning(Universes.json(version)))
        ? Optional.of(version)
        : Optional.empty();
  }

  private static Object meaning(String json) {
    return withoutTexts(new JsonMapper().readValue(json, Map.class));
  }

  private static Object withoutTexts(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> kept = new HashMap<>();
        map.forEach(
            (key, item) -> {
              // Packers were once configured here; nobody reads them.
              if (!"doc".equals(key) && !"packers".equals(key)) {
                kept.put(key, withoutTexts(item));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(KnownUniverse::withoutTexts).toList();
      case null -> "null";
      default -> value;
    };
  }
}
