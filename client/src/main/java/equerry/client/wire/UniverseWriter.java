package equerry.client.wire;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.UniverseConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the description of a universe in the newest form, whatever form the repository has it in:
/// defaults filled in, skypix systems in a section of their own, and the class names by which older
/// universes said how records are kept turned into the flags that replaced them.
final class UniverseWriter {
  private static final String DOC = "doc";
  private static final String NULLABLE = "nullable";

  private UniverseWriter() {}

  static void write(JsonGenerator json, DimensionUniverse universe) {
    UniverseConfig config = universe.config();
    json.writeStartObject();
    json.writeNumberProperty("version", config.version());
    json.writeStringProperty("namespace", config.namespace());
    writeSkypix(json, config);
    json.writeObjectPropertyStart("elements");
    for (Map.Entry<String, Object> entry : config.elements().entrySet()) {
      json.writeName(entry.getKey());
      writeElement(json, universe.element(entry.getKey()), (Map<?, ?>) entry.getValue());
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("topology");
    for (String kind : List.of("spatial", "temporal")) {
      json.writeName(kind);
      writeFamilies(json, config.topology(kind));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeSkypix(JsonGenerator json, UniverseConfig config) {
    json.writeObjectPropertyStart("skypix");
    json.writeStringProperty("common", config.commonSkypix());
    json.writeObjectPropertyStart("systems");
    config
        .skypixSystems()
        .forEach(
            (name, system) -> {
              json.writeObjectPropertyStart(name);
              json.writeStringProperty("class", String.valueOf(system.get("class")));
              json.writeName("min_level");
              writeScalar(json, system.getOrDefault("min_level", 1));
              json.writeName("max_level");
              writeScalar(json, system.get("max_level"));
              json.writeEndObject();
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeElement(
      JsonGenerator json, DimensionElement element, Map<?, ?> described) {
    json.writeStartObject();
    json.writeStringProperty(DOC, text(described.get(DOC)));
    json.writeName("keys");
    writeColumns(json, list(described.get("keys")), true);
    json.writeName("requires");
    writeNames(json, list(described.get("requires")));
    json.writeName("implies");
    writeNames(json, list(described.get("implies")));
    json.writeName("metadata");
    writeColumns(json, list(described.get("metadata")), false);
    json.writeBooleanProperty("is_cached", element.isCached());
    json.writeStringProperty("implied_union_target", element.impliedUnionTarget().orElse(null));
    json.writeBooleanProperty("governor", element.isGovernor());
    json.writeBooleanProperty("always_join", element.isAlwaysJoined());
    json.writeName("populated_by");
    writeScalar(json, described.get("populated_by"));
    json.writeNullProperty("storage");
    json.writeEndObject();
  }

  private static void writeColumns(JsonGenerator json, List<?> columns, boolean keys) {
    json.writeStartArray();
    for (Object column : columns) {
      Map<?, ?> described = (Map<?, ?>) column;
      json.writeStartObject();
      json.writeStringProperty("name", text(described.get("name")));
      json.writeStringProperty(DOC, text(described.get(DOC)));
      json.writeStringProperty("type", text(described.get("type")));
      json.writeBooleanProperty(NULLABLE, !keys && !Boolean.FALSE.equals(described.get(NULLABLE)));
      for (String size : List.of("length", "nbytes")) {
        if (described.get(size) != null) {
          json.writeName(size);
          writeScalar(json, described.get(size));
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeFamilies(JsonGenerator json, Map<String, Object> families) {
    json.writeStartObject();
    families.forEach(
        (family, members) -> {
          json.writeName(family);
          writeNames(json, list(members));
        });
    json.writeEndObject();
  }

  private static void writeNames(JsonGenerator json, List<?> names) {
    RefWriter.writeTexts(json, names.stream().map(String::valueOf).toList());
  }

  private static void writeScalar(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Number number -> json.writeNumber(number.longValue());
      default -> json.writeString(value.toString());
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
