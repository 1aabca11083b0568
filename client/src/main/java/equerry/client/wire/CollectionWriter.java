package equerry.client.wire;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSummary;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes what is told of collections.
final class CollectionWriter {
  private CollectionWriter() {}

  static void writeInfos(JsonGenerator json, List<CollectionInfo> found) {
    json.writeStartObject();
    json.writeArrayPropertyStart("collections");
    for (CollectionInfo info : found) {
      writeStart(json, info);
      json.writeStringProperty("doc", info.doc());
      writeChildren(json, info);
      WireWriter.writeNames(json, "parents", info.parents());
      WireWriter.writeNames(json, "dataset_types", info.datasetTypes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// The form for old clients, where fields that were not asked for are absent.
  static void writeOld(
      JsonGenerator json,
      CollectionInfo info,
      @Nullable String doc,
      @Nullable Collection<String> parents) {
    writeStart(json, info);
    writeChildren(json, info);
    if (doc != null) {
      json.writeStringProperty("doc", doc);
    }
    if (parents != null) {
      WireWriter.writeNames(json, "parents", parents);
    }
    json.writeEndObject();
  }

  private static void writeStart(JsonGenerator json, CollectionInfo info) {
    json.writeStartObject();
    json.writeStringProperty("name", info.name());
    json.writeNumberProperty("type", info.type().number());
  }

  private static void writeChildren(JsonGenerator json, CollectionInfo info) {
    WireWriter.writeNames(json, "children", info.children());
  }

  static void writeSummary(JsonGenerator json, CollectionSummary summary) {
    json.writeStartObject();
    json.writeObjectPropertyStart("summary");
    json.writeArrayPropertyStart("dataset_types");
    summary.datasetTypes().forEach(type -> RefWriter.writeType(json, type));
    json.writeEndArray();
    json.writeObjectPropertyStart("governors");
    summary.governors().forEach((name, values) -> WireWriter.writeNames(json, name, values));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
