package equerry.client.wire;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A value of a request or an answer together with the path to it, such as `result_spec.limit`.
///
/// Every reading method throws [ButlerException.Invalid] (malformed) with that path when the value
/// is of another type; nothing is converted.
final class WireValue {
  private static final int SHOWN_CHARACTERS = 60;
  private static final int UUID_LENGTH = 36;

  private final JsonNode node;
  private final @Nullable WireValue parent;
  private final String step;

  private WireValue(JsonNode node, @Nullable WireValue parent, String step) {
    this.node = node;
    this.parent = parent;
    this.step = step;
  }

  static WireValue root(JsonNode node) {
    return new WireValue(node, null, "");
  }

  /// A field that must be there.
  WireValue field(String name) {
    object();
    JsonNode child = node.get(name);
    if (child == null) {
      throw malformed(new WireValue(node, this, name).path() + ": this field is required");
    }
    return new WireValue(child, this, name);
  }

  /// A field that may be absent or null.
  Optional<WireValue> find(String name) {
    object();
    JsonNode child = node.get(name);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new WireValue(child, this, name));
  }

  /// A flag that is false when absent.
  boolean flag(String name) {
    return find(name).map(WireValue::bool).orElse(false);
  }

  String text() {
    if (!node.isString()) {
      throw unexpected("a string");
    }
    return node.stringValue();
  }

  boolean bool() {
    if (!node.isBoolean()) {
      throw unexpected("true or false");
    }
    return node.booleanValue();
  }

  long integer() {
    if (!node.isIntegralNumber()) {
      throw unexpected("an integer");
    }
    if (!node.canConvertToLong()) {
      throw unexpected("an integer of 64 bits");
    }
    return node.longValue();
  }

  double number() {
    if (!node.isNumber()) {
      throw unexpected("a number");
    }
    return node.doubleValue();
  }

  UUID uuid() {
    return findUuid(text()).orElseThrow(() -> unexpected("a UUID"));
  }

  /// Parses a UUID in its usual form of 36 characters.
  static Optional<UUID> findUuid(String text) {
    if (text.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isNumber() {
    return node.isNumber();
  }

  boolean isNull() {
    return node.isNull();
  }

  /// The scalar as the Java value that data IDs have.
  Object scalar() {
    if (node.isString()) {
      return node.stringValue();
    }
    if (node.isIntegralNumber()) {
      return integer();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    throw unexpected("a string or a number");
  }

  /// The value as maps, lists, strings, [Long], [Double], [Boolean] and null.
  @Nullable Object plain() {
    if (node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      entries().forEach((name, value) -> map.put(name, value.plain()));
      return map;
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      items().forEach(item -> list.add(item.plain()));
      return list;
    }
    return node.isNull() ? null : scalar();
  }

  /// Whether the other value has the same content.
  boolean hasContentOf(WireValue other) {
    return node.equals(other.node);
  }

  int size() {
    return node.size();
  }

  List<WireValue> items() {
    if (!node.isArray()) {
      throw unexpected("a list");
    }
    List<WireValue> items = new ArrayList<>(node.size());
    int index = 0;
    for (JsonNode item : node) {
      items.add(new WireValue(item, this, "[" + index++ + "]"));
    }
    return items;
  }

  <T> List<T> list(Function<WireValue, T> item) {
    return items().stream().map(item).toList();
  }

  List<String> texts() {
    return list(WireValue::text);
  }

  /// The fields of an object in their order.
  Map<String, WireValue> entries() {
    object();
    Map<String, WireValue> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      entries.put(entry.getKey(), new WireValue(entry.getValue(), this, entry.getKey()));
    }
    return entries;
  }

  <T> Map<String, T> map(Function<WireValue, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    entries().forEach((name, entry) -> map.put(name, value.apply(entry)));
    return map;
  }

  private void object() {
    if (!node.isObject()) {
      throw unexpected("an object");
    }
  }

  /// The error that something else was expected here.
  ButlerException unexpected(String expected) {
    String found = node.isContainer() ? "a " + (node.isArray() ? "list" : "object") : shown();
    return malformed(path() + ": expected " + expected + ", found " + found);
  }

  private String shown() {
    String text = node.toString();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static ButlerException malformed(String message) {
    return new ButlerException.Invalid(ErrorCode.MALFORMED, message);
  }

  String path() {
    if (parent == null) {
      return "body";
    }
    if (parent.parent == null) {
      return step;
    }
    return parent.path() + (step.startsWith("[") ? step : "." + step);
  }
}
