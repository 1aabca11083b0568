package equerry.client.wire;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Records of one stream, encoded once for all rows that share the object.
///
/// Records of cached elements are the same object in every row that has them, and few. Those of
/// elements that do not identify a row, as the visit of many detectors, may be the same object in
/// many rows; those met a second time are kept, up to a limit. Others are new in each row.
final class EncodedRecords {
  /// How many records of elements that are not cached are remembered; then all are forgotten.
  private static final int REMEMBERED = 4096;

  private static final SerializableString MET_ONCE = new SerializedString("");

  private final RecordWriter records;
  private final Set<DimensionElement> repeated;
  private final Map<DimensionRecord, SerializableString> cached = new IdentityHashMap<>();
  private final Map<DimensionRecord, SerializableString> repeats = new IdentityHashMap<>();

  /// @param dimensions what identifies a row
  EncodedRecords(RecordWriter records, DimensionGroup dimensions) {
    this.records = records;
    this.repeated =
        dimensions.elements().stream()
            .filter(element -> !element.required().containsAll(dimensions.required()))
            .collect(Collectors.toUnmodifiableSet());
  }

  void write(JsonGenerator json, DimensionRecord record) {
    if (record.element().isCached()) {
      json.writeRawValue(cached.computeIfAbsent(record, this::encode));
    } else if (repeated.contains(record.element())) {
      writeRepeated(json, record);
    } else {
      records.write(json, record);
    }
  }

  private void writeRepeated(JsonGenerator json, DimensionRecord record) {
    SerializableString known = repeats.get(record);
    if (known == null) {
      if (repeats.size() >= REMEMBERED) {
        repeats.clear();
      }
      repeats.put(record, MET_ONCE);
      records.write(json, record);
    } else if (known == MET_ONCE) {
      SerializableString encoded = encode(record);
      repeats.put(record, encoded);
      json.writeRawValue(encoded);
    } else {
      json.writeRawValue(known);
    }
  }

  private SerializableString encode(DimensionRecord record) {
    byte[] bytes = WireJson.bytes(json -> records.write(json, record));
    return new SerializedString(new String(bytes, StandardCharsets.UTF_8));
  }
}
