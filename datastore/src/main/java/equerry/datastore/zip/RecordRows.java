package equerry.datastore.zip;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Dimension records as an index has them: for each element a list of rows, each the values of its
/// columns in their order, bytes in hex.
final class RecordRows {
  private static final HexFormat HEX = HexFormat.of();

  private final Map<DimensionElement, Map<List<Object>, DimensionRecord>> rows = new HashMap<>();

  private RecordRows() {}

  static RecordRows read(DimensionUniverse universe, JsonNode json) {
    RecordRows result = new RecordRows();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      universe
          .findElement(entry.getKey())
          .ifPresent(element -> entry.getValue().forEach(row -> result.add(element, row)));
    }
    return result;
  }

  private void add(DimensionElement element, JsonNode row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < element.recordColumns().size(); i++) {
      values.add(value(element.recordColumns().get(i).type(), row.path(i)));
    }
    if (row.size() != values.size()) {
      throw ZipFaults.invalid(
          "a record of '" + element + "' has not the columns of this repository");
    }
    DimensionRecord record = new DimensionRecord(element, values);
    rows.computeIfAbsent(element, e -> new HashMap<>()).put(key(record), record);
  }

  private static List<Object> key(DimensionRecord record) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < record.element().required().size(); i++) {
      Object value = record.values().get(i);
      if (value == null) {
        throw ZipFaults.invalid("a record of '" + record.element() + "' has no key");
      }
      key.add(value);
    }
    return key;
  }

  static @Nullable Object value(ColumnType type, JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    return switch (type) {
      case INT, DATETIME, INGEST_DATE -> json.longValue();
      case STRING -> json.asString();
      case FLOAT -> json.doubleValue();
      case BOOL -> json.booleanValue();
      case HASH, REGION -> HEX.parseHex(json.asString());
      case UUID -> UUID.fromString(json.asString());
      case TIMESPAN -> new Timespan(json.path(0).longValue(), json.path(1).longValue());
    };
  }

  /// The dataset with implied values and records, when there is a record for each element that has
  /// a table; else the dataset as it is.
  DatasetRef expanded(DatasetRef ref) {
    Map<String, @Nullable Object> known = new LinkedHashMap<>(ref.dataId().required());
    Map<DimensionElement, DimensionRecord> found = new HashMap<>();
    for (DimensionElement element : ref.type().dimensions().lookupOrder()) {
      DimensionRecord record = find(element, known);
      if (record != null) {
        found.put(element, record);
        element.implied().forEach(name -> known.put(name, record.value(name)));
      } else if (element.hasTable() && element.isDimension()) {
        return ref;
      }
    }
    List<@Nullable Object> full = new ArrayList<>();
    ref.type().dimensions().keys().forEach(name -> full.add(known.get(name)));
    List<DimensionRecord> inOrder = new ArrayList<>();
    ref.type().dimensions().elements().stream()
        .map(found::get)
        .filter(java.util.Objects::nonNull)
        .forEach(inOrder::add);
    return new DatasetRef(
        ref.id(), ref.type(), DataId.of(ref.type().dimensions(), full), ref.run(), inOrder);
  }

  private @Nullable DimensionRecord find(
      DimensionElement element, Map<String, @Nullable Object> known) {
    List<Object> key = new ArrayList<>();
    for (String name : element.required()) {
      Object value = known.get(name);
      if (value == null) {
        return null;
      }
      key.add(value);
    }
    return rows.getOrDefault(element, Map.of()).get(key);
  }

  /// Writes the records of datasets, or null when one of them has none.
  static void write(JsonGenerator json, List<DatasetRef> refs) {
    Map<DimensionElement, Set<DimensionRecord>> all = new LinkedHashMap<>();
    for (DatasetRef ref : refs) {
      List<DimensionRecord> records = ref.records();
      if (records == null) {
        json.writeNullProperty("dimension_records");
        return;
      }
      records.stream()
          .filter(record -> record.element().skypix().isEmpty())
          .forEach(r -> all.computeIfAbsent(r.element(), e -> new LinkedHashSet<>()).add(r));
    }
    json.writeObjectPropertyStart("dimension_records");
    all.forEach(
        (element, records) -> {
          json.writeArrayPropertyStart(element.name());
          records.forEach(record -> write(json, record));
          json.writeEndArray();
        });
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DimensionRecord record) {
    json.writeStartArray();
    for (Object value : record.values()) {
      switch (value) {
        case null -> json.writeNull();
        case Long number -> json.writeNumber(number);
        case Double number -> json.writeNumber(number);
        case Boolean flag -> json.writeBoolean(flag);
        case byte[] bytes -> json.writeString(HEX.formatHex(bytes));
        case Timespan span -> {
          json.writeStartArray();
          json.writeNumber(span.beginNanos());
          json.writeNumber(span.endNanos());
          json.writeEndArray();
        }
        default -> json.writeString(value.toString());
      }
    }
    json.writeEndArray();
  }
}
