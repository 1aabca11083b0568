package equerry.direct.create;

import equerry.registry.create.SpacedJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/// The text of a configuration, laid out as the stock package lays it out.
final class ConfigText {
  private ConfigText() {}

  static String yaml(ConfigTree config) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    return new Yaml(options).dump(sorted(config.values()));
  }

  static String json(ConfigTree config) {
    return SpacedJson.write(config.values());
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> byKey = new TreeMap<>();
        map.forEach((key, item) -> byKey.put(String.valueOf(key), sorted(item)));
        yield byKey;
      }
      case List<?> list -> list.stream().map(ConfigText::sorted).toList();
      case null, default -> value;
    };
  }
}
