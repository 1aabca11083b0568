package equerry.client.wire;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Writes dataset types, data IDs and refs.
final class RefWriter {
  static final SerializableString ID = new SerializedString("id");
  static final SerializableString DATASET_TYPE = new SerializedString("datasetType");
  static final SerializableString DATA_ID = new SerializedString("dataId");
  static final SerializableString RECORDS = new SerializedString("records");
  static final SerializableString RUN = new SerializedString("run");
  static final SerializableString COMPONENT = new SerializedString("component");
  private static final SerializableString NAME = new SerializedString("name");
  private static final SerializableString STORAGE_CLASS = new SerializedString("storageClass");
  private static final SerializableString DIMENSIONS = new SerializedString("dimensions");
  private static final SerializableString PARENT = new SerializedString("parentStorageClass");
  private static final SerializableString IS_CALIBRATION = new SerializedString("isCalibration");

  private final RecordWriter records;

  RefWriter(RecordWriter records) {
    this.records = records;
  }

  /// Writes a dataset type, with its required dimensions only.
  static void writeType(JsonGenerator json, DatasetType type) {
    json.writeStartObject();
    json.writeName(NAME);
    json.writeString(type.name());
    json.writeName(STORAGE_CLASS);
    json.writeString(type.storageClass());
    json.writeName(DIMENSIONS);
    writeTexts(json, type.dimensions().required());
    json.writeName(PARENT);
    json.writeString(type.compositeStorageClass());
    json.writeName(IS_CALIBRATION);
    json.writeBoolean(type.isCalibration());
    json.writeEndObject();
  }

  static void writeTexts(JsonGenerator json, Iterable<String> texts) {
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  void write(JsonGenerator json, DatasetRef ref) {
    json.writeStartObject();
    json.writeName(ID);
    json.writeString(ref.id().toString());
    json.writeName(DATASET_TYPE);
    writeType(json, ref.type());
    json.writeName(DATA_ID);
    writeDataId(json, ref.dataId(), ref.records());
    json.writeName(RUN);
    json.writeString(ref.run());
    json.writeName(COMPONENT);
    json.writeNull();
    json.writeEndObject();
  }

  /// Writes a data ID with its records; the one without dimensions has none but never lacks them.
  void writeDataId(JsonGenerator json, DataId dataId, @Nullable List<DimensionRecord> known) {
    json.writeStartObject();
    json.writeName(DATA_ID);
    json.writeStartObject();
    List<String> keys = dataId.group().keys();
    List<@Nullable Object> values = dataId.values();
    for (int i = 0; i < values.size(); i++) {
      json.writeName(keys.get(i));
      ValueWriter.writeKey(json, values.get(i));
    }
    json.writeEndObject();
    json.writeName(RECORDS);
    if (known != null) {
      records.writeByElement(json, known);
    } else if (keys.isEmpty()) {
      json.writeStartObject();
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }
}
