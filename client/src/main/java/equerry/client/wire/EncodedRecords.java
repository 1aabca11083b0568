package equerry.client.wire;

import equerry.api.dimension.DimensionRecord;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Records of one stream, encoded once for all rows that share the object.
///
/// Records of cached elements are the same object in every row that has them; those of other
/// elements are new in each row, so they are not kept.
final class EncodedRecords {
  private final RecordWriter records;
  private final Map<DimensionRecord, SerializableString> cached = new IdentityHashMap<>();

  EncodedRecords(RecordWriter records) {
    this.records = records;
  }

  void write(JsonGenerator json, DimensionRecord record) {
    if (record.element().isCached()) {
      json.writeRawValue(cached.computeIfAbsent(record, this::encode));
    } else {
      records.write(json, record);
    }
  }

  private SerializableString encode(DimensionRecord record) {
    byte[] bytes = WireJson.bytes(json -> records.write(json, record));
    return new SerializedString(new String(bytes, StandardCharsets.UTF_8));
  }
}
