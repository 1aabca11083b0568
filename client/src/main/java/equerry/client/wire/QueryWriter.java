package equerry.client.wire;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.Query;
import equerry.api.query.QueryInput;
import equerry.api.query.QueryTree;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/// Writes query trees and what is sent along with them.
final class QueryWriter {
  private static final String DIMENSIONS = "dimensions";

  private final PredicateWriter predicates;
  private final RefWriter refs = new RefWriter(new RecordWriter());

  QueryWriter(NormalForm forms) {
    this.predicates = new PredicateWriter(forms, this);
  }

  void write(JsonGenerator json, Query query) {
    json.writeStartObject();
    json.writeName("tree");
    writeTree(json, query.tree());
    json.writeName("default_data_id");
    writeDataId(json, query.defaults());
    json.writeArrayPropertyStart("additional_query_inputs");
    query.inputs().forEach(input -> writeInput(json, input));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeDataId(JsonGenerator json, DataId dataId) {
    refs.writeDataId(json, dataId, null);
  }

  void writeTree(JsonGenerator json, QueryTree tree) {
    json.writeStartObject();
    writeGroup(json, DIMENSIONS, tree.dimensions());
    json.writeObjectPropertyStart("datasets");
    for (Map.Entry<String, QueryTree.DatasetSearch> entry : tree.datasets().entrySet()) {
      json.writeObjectPropertyStart(entry.getKey());
      WireWriter.writeNames(json, "collections", entry.getValue().collections());
      writeGroup(json, DIMENSIONS, entry.getValue().dimensions());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeNullProperty("any_dataset");
    writeGroups(json, "data_coordinate_uploads", tree.uploads());
    writeGroups(json, "materializations", tree.materializations());
    json.writeName("predicate");
    predicates.write(json, tree.predicate());
    json.writeBooleanProperty("validateGovernorConstraints", tree.validateGovernors());
    json.writeEndObject();
  }

  /// Writes all dimensions of a group: clients of the protocol send implied ones, too.
  static void writeGroup(JsonGenerator json, String name, DimensionGroup group) {
    WireWriter.writeNames(json, name, group.names());
  }

  private static void writeGroups(
      JsonGenerator json, String name, Map<UUID, DimensionGroup> groups) {
    json.writeObjectPropertyStart(name);
    groups.forEach((key, group) -> writeGroup(json, key.toString(), group));
    json.writeEndObject();
  }

  private void writeInput(JsonGenerator json, QueryInput input) {
    json.writeStartObject();
    switch (input) {
      case QueryInput.Upload upload -> writeUpload(json, upload);
      case QueryInput.Materialized materialized -> {
        writeInputStart(json, "materialized", materialized.key());
        json.writeName("tree");
        writeTree(json, materialized.tree());
        writeGroup(json, DIMENSIONS, materialized.dimensions());
        WireWriter.writeNames(json, "datasets", materialized.datasets().stream().sorted().toList());
        json.writeBooleanProperty(
            "allow_duplicate_overlaps", materialized.allowDuplicateOverlaps());
      }
    }
    json.writeEndObject();
  }

  private static void writeUpload(JsonGenerator json, QueryInput.Upload upload) {
    writeInputStart(json, "upload", upload.key());
    writeGroup(json, DIMENSIONS, upload.dimensions());
    json.writeArrayPropertyStart("rows");
    for (List<Object> row : upload.rows()) {
      json.writeStartArray();
      row.forEach(value -> ValueWriter.writeKey(json, value));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void writeInputStart(JsonGenerator json, String type, UUID key) {
    json.writeStringProperty("type", type);
    json.writeStringProperty("key", key.toString());
  }
}
