package equerry.client.wire;

import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes what the rows of a result are to be.
final class ResultSpecWriter {
  private static final String TYPE = "result_type";
  private static final String DIMENSIONS = "dimensions";
  private static final String WITH_RECORDS = "include_dimension_records";
  private static final String FIND_FIRST = "find_first";

  private ResultSpecWriter() {}

  static void write(JsonGenerator json, ResultSpec spec) {
    json.writeStartObject();
    switch (spec) {
      case ResultSpec.DataIds ids -> {
        json.writeStringProperty(TYPE, "data_coordinate");
        QueryWriter.writeGroup(json, DIMENSIONS, ids.dimensions());
        json.writeBooleanProperty(WITH_RECORDS, ids.withRecords());
      }
      case ResultSpec.Records records -> {
        json.writeStringProperty(TYPE, "dimension_record");
        json.writeStringProperty("element", records.element().name());
      }
      case ResultSpec.Refs refs -> {
        json.writeStringProperty(TYPE, "dataset_ref");
        json.writeStringProperty("dataset_type_name", refs.typeName());
        QueryWriter.writeGroup(json, DIMENSIONS, refs.dimensions());
        json.writeStringProperty("storage_class_name", refs.storageClass());
        json.writeBooleanProperty(WITH_RECORDS, refs.withRecords());
        json.writeBooleanProperty(FIND_FIRST, refs.findFirst());
      }
      case ResultSpec.General general -> writeGeneral(json, general);
    }
    writeOptions(json, spec.options());
    json.writeEndObject();
  }

  private static void writeGeneral(JsonGenerator json, ResultSpec.General general) {
    json.writeStringProperty(TYPE, "general");
    QueryWriter.writeGroup(json, DIMENSIONS, general.dimensions());
    json.writeObjectPropertyStart("dimension_fields");
    new TreeMap<>(general.fields())
        .forEach(
            (element, names) ->
                WireWriter.writeNames(json, element, names.stream().sorted().toList()));
    json.writeEndObject();
    json.writeObjectPropertyStart("dataset_fields");
    for (Map.Entry<String, Set<DatasetColumn>> entry :
        new TreeMap<>(general.datasetFields()).entrySet()) {
      WireWriter.writeNames(
          json,
          entry.getKey(),
          entry.getValue().stream().map(DatasetColumn::label).sorted().toList());
    }
    json.writeEndObject();
    json.writeBooleanProperty(WITH_RECORDS, general.withRecords());
    json.writeBooleanProperty(FIND_FIRST, general.findFirst());
  }

  private static void writeOptions(JsonGenerator json, ResultSpec.Options options) {
    json.writeArrayPropertyStart("order_by");
    options.orderBy().forEach(term -> ExpressionWriter.writeOrder(json, term));
    json.writeEndArray();
    writeLimit(json, options.limit());
    json.writeBooleanProperty("allow_duplicate_overlaps", options.allowDuplicateOverlaps());
  }

  static void writeLimit(JsonGenerator json, @Nullable Long limit) {
    if (limit == null) {
      json.writeNullProperty("limit");
    } else {
      json.writeNumberProperty("limit", limit.longValue());
    }
  }
}
