package equerry.datastore.zip;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionUniverse;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes the index of a zip file as the stock package reads it.
final class ZipIndexWriter {
  private ZipIndexWriter() {}

  static byte[] write(ZipIndex index) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("index_version", "V1");
      writeRefs(json, index);
      json.writeObjectPropertyStart("artifact_map");
      index.members().forEach((name, member) -> writeMember(json, name, member));
      json.writeEndObject();
      json.writeEndObject();
    }
    out.write('\n');
    return out.toByteArray();
  }

  private static void writeRefs(JsonGenerator json, ZipIndex index) {
    json.writeObjectPropertyStart("refs");
    json.writeStringProperty("container_version", "V1");
    boolean empty = index.refs().isEmpty();
    DimensionUniverse universe =
        empty ? null : index.refs().getFirst().type().dimensions().universe();
    json.writeNumberProperty(
        "universe_version", universe == null ? 0 : universe.config().version());
    json.writeStringProperty(
        "universe_namespace", universe == null ? "unknown" : universe.config().namespace());
    Map<String, DatasetType> types = new LinkedHashMap<>();
    index.refs().forEach(ref -> types.putIfAbsent(ref.type().name(), ref.type()));
    json.writeObjectPropertyStart("dataset_types");
    types.forEach((name, type) -> writeType(json, name, type));
    json.writeEndObject();
    json.writeObjectPropertyStart("compact_refs");
    index.refs().forEach(ref -> writeRef(json, ref));
    json.writeEndObject();
    if (empty) {
      json.writeNullProperty("dimension_records");
    } else {
      RecordRows.write(json, index.refs());
    }
    json.writeEndObject();
  }

  private static void writeType(JsonGenerator json, String name, DatasetType type) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("name", type.name());
    json.writeStringProperty("storageClass", type.storageClass());
    json.writeArrayPropertyStart("dimensions");
    type.dimensions().required().forEach(json::writeString);
    json.writeEndArray();
    if (type.compositeStorageClass() == null) {
      json.writeNullProperty("parentStorageClass");
    } else {
      json.writeStringProperty("parentStorageClass", type.compositeStorageClass());
    }
    json.writeBooleanProperty("isCalibration", type.isCalibration());
    json.writeEndObject();
  }

  private static void writeRef(JsonGenerator json, DatasetRef ref) {
    json.writeObjectPropertyStart(ref.id().toString());
    json.writeStringProperty("dataset_type_name", ref.type().name());
    json.writeStringProperty("run", ref.run());
    json.writeObjectPropertyStart("data_id");
    ref.dataId()
        .required()
        .forEach(
            (dimension, value) -> {
              if (value instanceof Long number) {
                json.writeNumberProperty(dimension, number);
              } else {
                json.writeStringProperty(dimension, value.toString());
              }
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeMember(JsonGenerator json, String name, ZipIndex.Member member) {
    json.writeObjectPropertyStart(name);
    json.writeObjectPropertyStart("info");
    json.writeStringProperty("formatter", member.record().formatter());
    json.writeStringProperty("path", member.record().path());
    json.writeStringProperty("storage_class", member.record().storageClass());
    json.writeStringProperty("component", member.record().component());
    json.writeStringProperty("checksum", member.record().checksum());
    json.writeNumberProperty("file_size", member.record().sizeBytes());
    json.writeEndObject();
    json.writeArrayPropertyStart("ids");
    member.ids().forEach(id -> json.writeString(id.toString()));
    json.writeEndArray();
    json.writeEndObject();
  }
}
