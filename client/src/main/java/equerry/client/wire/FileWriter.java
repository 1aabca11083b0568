package equerry.client.wire;

import equerry.api.file.FileRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/// Writes where the files of datasets are.
final class FileWriter {
  private FileWriter() {}

  static void writeArtifact(JsonGenerator json, List<FileLink> links) {
    json.writeName("artifact");
    if (links.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("datastore_type", "file");
    json.writeArrayPropertyStart("file_info");
    for (FileLink link : links) {
      json.writeStartObject();
      json.writeStringProperty("url", link.url());
      json.writeName("datastoreRecords");
      writeRecord(json, link);
      json.writeStringProperty("auth", link.auth().wireName());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void writeTransfers(JsonGenerator json, Map<UUID, List<FileLink>> links) {
    json.writeStartObject();
    json.writeObjectPropertyStart("files");
    for (Map.Entry<UUID, List<FileLink>> entry : links.entrySet()) {
      json.writeArrayPropertyStart(entry.getKey().toString());
      for (FileLink link : entry.getValue()) {
        json.writeStartObject();
        json.writeStringProperty("url", link.url());
        json.writeStringProperty("auth", link.auth().wireName());
        json.writeName("file_info");
        writeRecord(json, link);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeRecord(JsonGenerator json, FileLink link) {
    FileRecord record = link.record();
    json.writeStartObject();
    json.writeStringProperty("formatter", record.formatter());
    json.writeStringProperty("path", link.path());
    json.writeStringProperty("storage_class", record.storageClass());
    json.writeStringProperty("component", record.component());
    json.writeStringProperty("checksum", record.checksum());
    json.writeNumberProperty("file_size", record.sizeBytes());
    json.writeEndObject();
  }
}
