package equerry.direct.exchange.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/// Makes values of events. What an alias stands for counts again at each place, so that aliases of
/// aliases cannot make a small document large.
final class YamlValues {
  private static final String MERGE = "<<";
  private static final String STANDARD = "tag:yaml.org,2002:";

  private final YamlReader reader;
  private final YamlLimits limits;
  private final Map<String, Kept> anchors = new HashMap<>();
  private int nodes;

  /// A value with a name, and how many nodes it has.
  private record Kept(@Nullable Object value, int nodes) {}

  YamlValues(YamlReader reader, YamlLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  @Nullable Object read(int depth) {
    nodes = 0;
    return next(depth);
  }

  private @Nullable Object next(int depth) {
    Event event = reader.take();
    if (event instanceof AliasEvent alias) {
      return known(alias.getAnchor());
    }
    int before = nodes;
    count(1);
    Object value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> list(start, depth + 1);
          case MappingStartEvent start -> mapping(start, depth + 1);
          default -> throw reader.fault("a value is missing");
        };
    keep((NodeEvent) event, value, nodes - before);
    return value;
  }

  private void count(int more) {
    nodes += more;
    if (nodes > limits.valueNodes()) {
      throw reader.exceeded(
          "a value of more than " + limits.valueNodes() + " scalars and collections", "valueNodes");
    }
  }

  private @Nullable Object known(String anchor) {
    Kept kept = anchors.get(anchor);
    if (kept == null) {
      throw reader.fault(
          "the alias *" + anchor + " stands for nothing that was read before as one value");
    }
    count(kept.nodes());
    return kept.value();
  }

  private void keep(NodeEvent event, @Nullable Object value, int size) {
    String anchor = event.getAnchor();
    if (anchor == null) {
      return;
    }
    if (anchors.size() >= limits.anchors() && !anchors.containsKey(anchor)) {
      throw reader.exceeded("more than " + limits.anchors() + " anchors", "anchors");
    }
    anchors.put(anchor, new Kept(value, size));
  }

  private @Nullable Object scalar(ScalarEvent scalar) {
    String tag = scalar.getTag();
    try {
      if (tag == null || tag.equals("!")) {
        return tag == null && scalar.isPlain()
            ? PlainScalars.value(scalar.getValue())
            : scalar.getValue();
      }
      return Tags.scalar(tag, scalar.getValue());
    } catch (IllegalArgumentException unfit) {
      throw reader.fault(
          "'" + shown(scalar.getValue()) + "' cannot be read: " + unfit.getMessage());
    } catch (equerry.api.error.ButlerException.Invalid noTime) {
      throw reader.fault(noTime.detail());
    }
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private List<@Nullable Object> list(SequenceStartEvent start, int depth) {
    checkDepth(depth);
    requireStandard(start.getTag(), STANDARD + "seq");
    List<@Nullable Object> list = new ArrayList<>();
    while (!reader.peek().is(Event.ID.SequenceEnd)) {
      list.add(next(depth));
    }
    reader.take();
    return list;
  }

  private Object mapping(MappingStartEvent start, int depth) {
    checkDepth(depth);
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    while (!reader.peek().is(Event.ID.MappingEnd)) {
      Event event = reader.take();
      String key = key(event);
      boolean merge = key.equals(MERGE) && ((ScalarEvent) event).isPlain();
      Object value = next(depth);
      if (merge) {
        merge(value, merged);
      } else if (own.put(key, value) != null) {
        throw reader.fault("the key '" + key + "' comes twice");
      }
    }
    reader.take();
    merged.putAll(own);
    return tagged(start.getTag(), merged);
  }

  private Object tagged(@Nullable String tag, Map<String, @Nullable Object> mapping) {
    if (tag == null || tag.equals("!") || tag.equals(STANDARD + "map")) {
      return mapping;
    }
    try {
      return Tags.mapping(tag, mapping);
    } catch (IllegalArgumentException unfit) {
      throw reader.fault(String.valueOf(unfit.getMessage()));
    }
  }

  private void merge(@Nullable Object value, Map<String, @Nullable Object> into) {
    List<?> sources = value instanceof List<?> list ? list : java.util.Arrays.asList(value);
    for (Object source : sources) {
      if (!(source instanceof Map<?, ?> mapping)) {
        throw reader.fault("'<<' must be followed by a mapping");
      }
      mapping.forEach((key, item) -> into.putIfAbsent((String) key, item));
    }
  }

  /// The text of a mapping's key.
  String key(Event event) {
    if (event instanceof ScalarEvent scalar
        && (scalar.getTag() == null || scalar.getTag().equals(STANDARD + "str"))
        && (!scalar.isPlain()
            || PlainScalars.isText(scalar.getValue())
            || scalar.getValue().equals(MERGE))) {
      return scalar.getValue();
    }
    throw reader.fault("a key must be a text");
  }

  private void requireStandard(@Nullable String tag, String standard) {
    if (tag != null && !tag.equals("!") && !tag.equals(standard)) {
      throw reader.fault("the tag " + Tags.shown(tag) + " has no meaning for a list");
    }
  }

  private void checkDepth(int depth) {
    if (depth > limits.depth()) {
      throw reader.tooDeep();
    }
  }
}
