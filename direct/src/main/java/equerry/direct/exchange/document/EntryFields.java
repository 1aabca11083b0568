package equerry.direct.exchange.document;

import equerry.api.collection.CollectionType;
import equerry.api.time.Timespan;
import equerry.direct.exchange.yaml.YamlReader;
import equerry.direct.exchange.yaml.YamlTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The fields of one entry of a document, as far as they have been read.
final class EntryFields {
  private final YamlReader yaml;
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private boolean streamed;

  EntryFields(YamlReader yaml) {
    this.yaml = yaml;
  }

  void put(String key, @Nullable Object value) {
    if (fields.containsKey(key)) {
      throw yaml.fault("an entry has '" + key + "' twice");
    }
    fields.put(key, value);
  }

  /// Whether a key's value is the entry's list and all that its items need is known already.
  boolean canStream(String key) {
    String list = listOf(fields.get("type"));
    streamed = key.equals(list) && yaml.isList() && fields.keySet().containsAll(needed());
    return streamed;
  }

  private @Nullable String listOf(@Nullable Object type) {
    if ("dimension".equals(type) || "dataset".equals(type)) {
      return "records";
    }
    if ("associations".equals(type)) {
      Object kind = fields.get("collection_type");
      return "CALIBRATION".equals(kind) ? "validity_ranges" : "dataset_ids";
    }
    return null;
  }

  private List<String> needed() {
    return switch (text("type")) {
      case "dimension" -> List.of("element");
      case "dataset" -> List.of("dataset_type", "run");
      default -> List.of("collection", "collection_type");
    };
  }

  /// The parts of an entry that ends, but for a list that came as [#parts].
  List<Part> finish() {
    if (streamed) {
      return List.of();
    }
    String type = text("type");
    String list = listOf(type);
    if (list != null) {
      return parts(list(fields.get(list), "'" + list + "'"));
    }
    return List.of(
        switch (type) {
          case "collection" -> collection();
          case "run" -> new Part.Definition(text("name"), CollectionType.RUN, null, List.of());
          case "dataset_type" -> datasetType();
          default -> throw yaml.fault("an entry of type '" + type + "' is not known");
        });
  }

  /// The parts that items of the entry's list make.
  List<Part> parts(List<@Nullable Object> items) {
    return switch (text("type")) {
      case "dimension" ->
          List.of(
              new Part.Records(
                  text("element"), items.stream().map(item -> mapping(item, "a record")).toList()));
      case "dataset" ->
          List.of(
              new Part.Datasets(
                  text("dataset_type"), text("run"), items.stream().map(this::file).toList()));
      default -> associations(items);
    };
  }

  private List<Part> associations(List<@Nullable Object> items) {
    String collection = text("collection");
    return switch (collectionType()) {
      case TAGGED -> List.of(new Part.Members(collection, ids(items)));
      case CALIBRATION ->
          items.stream().flatMap(item -> ranges(collection, item).stream()).toList();
      case RUN, CHAINED ->
          throw yaml.fault("associations of a collection that is neither TAGGED nor CALIBRATION");
    };
  }

  private List<Part> ranges(String collection, @Nullable Object item) {
    Map<String, @Nullable Object> range = mapping(item, "a validity range");
    Timespan timespan =
        range.get("timespan") instanceof Timespan given
            ? given
            : Timespan.between(bound(range.get("begin")), bound(range.get("end")));
    List<UUID> ids = ids(list(range.get("dataset_ids"), "'dataset_ids'"));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += DocumentReader.ITEMS) {
      int end = Math.min(i + DocumentReader.ITEMS, ids.size());
      parts.add(new Part.Certified(collection, timespan, ids.subList(i, end)));
    }
    return parts;
  }

  private @Nullable Long bound(@Nullable Object value) {
    if (value instanceof YamlTime time) {
      return time.nanos();
    }
    if (value != null) {
      throw yaml.fault("a validity range begins and ends with a time or null");
    }
    return null;
  }

  private Part collection() {
    CollectionType type = collectionType();
    List<String> children =
        type == CollectionType.CHAINED
            ? list(fields.get("children"), "'children'").stream().map(this::child).toList()
            : List.of();
    return new Part.Definition(text("name"), type, optionalText(fields, "doc"), children);
  }

  /// A member of a chain; old documents have a restriction beside it, which has no meaning any more.
  private String child(@Nullable Object value) {
    if (value instanceof List<?> pair
        && pair.size() == 2
        && pair.getFirst() instanceof String name) {
      return name;
    }
    if (value instanceof String name) {
      return name;
    }
    throw yaml.fault("a member of a chain must be a name");
  }

  private Part datasetType() {
    List<String> dimensions = new ArrayList<>();
    for (Object name : list(fields.get("dimensions"), "'dimensions'")) {
      dimensions.add(text(name, "a dimension"));
    }
    Object calibration = fields.getOrDefault("is_calibration", false);
    if (!(calibration instanceof Boolean isCalibration)) {
      throw yaml.fault("'is_calibration' must be true or false");
    }
    return new Part.Type(text("name"), dimensions, text("storage_class"), isCalibration);
  }

  private Part.File file(@Nullable Object item) {
    Map<String, @Nullable Object> record = mapping(item, "a record of a dataset");
    List<UUID> ids = ids(asList(record.get("dataset_id")));
    List<Map<String, @Nullable Object>> dataIds =
        asList(record.get("data_id")).stream().map(id -> mapping(id, "'data_id'")).toList();
    if (ids.isEmpty() || ids.size() != dataIds.size()) {
      throw yaml.fault("a file needs as many 'data_id' as 'dataset_id', and one at least");
    }
    return new Part.File(
        optionalText(record, "path"), ids, dataIds, optionalText(record, "formatter"));
  }

  private List<UUID> ids(List<@Nullable Object> values) {
    return values.stream().map(this::id).toList();
  }

  /// Datasets of old repositories had numbers; each number stands for the same identity everywhere.
  private UUID id(@Nullable Object value) {
    if (value instanceof UUID id) {
      return id;
    }
    if (value instanceof Long number) {
      return NumberedIds.of(number);
    }
    throw yaml.fault("the id of a dataset must be a !uuid or a number");
  }

  private CollectionType collectionType() {
    String name = text("collection_type");
    return Arrays.stream(CollectionType.values())
        .filter(type -> type.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> yaml.fault("a collection of type '" + name + "' is not known"));
  }

  private String text(String key) {
    if (!fields.containsKey(key)) {
      throw yaml.fault("an entry lacks '" + key + "'");
    }
    return text(fields.get(key), "'" + key + "'");
  }

  private String text(@Nullable Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw yaml.fault(what + " must be a text");
  }

  private @Nullable String optionalText(Map<String, @Nullable Object> from, String key) {
    Object value = from.get(key);
    return value == null ? null : text(value, "'" + key + "'");
  }

  private static List<@Nullable Object> asList(@Nullable Object value) {
    return value instanceof List<?> list
        ? Collections.unmodifiableList(list)
        : Arrays.asList(value);
  }

  private List<@Nullable Object> list(@Nullable Object value, String what) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    throw yaml.fault(what + " must be a list");
  }

  @SuppressWarnings("unchecked") // the keys of mappings are texts
  private Map<String, @Nullable Object> mapping(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw yaml.fault(what + " must be a mapping");
  }
}
