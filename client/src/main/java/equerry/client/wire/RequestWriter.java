package equerry.client.wire;

import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetLookup;
import equerry.api.dataset.Datasets;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.AllDatasets;
import equerry.api.query.Queries;
import equerry.api.query.Query;
import equerry.api.query.ResultSpec;
import equerry.api.time.Timespan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the bodies of requests, each as the bytes of one JSON object. Safe for many threads.
public final class RequestWriter {
  private final QueryWriter queries;

  /// @param conditionParts how many leaves and lists a condition may have in the protocol's form
  public RequestWriter(int conditionParts) {
    this.queries = new QueryWriter(new NormalForm(conditionParts));
  }

  private static byte[] object(Consumer<JsonGenerator> fields) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          fields.accept(json);
          json.writeEndObject();
        });
  }

  /// The body of `find_dataset`.
  public byte[] findDataset(DatasetLookup lookup, Datasets.Expansion expansion) {
    return object(
        json -> {
          writeLookup(json, lookup);
          json.writeBooleanProperty("dimension_records", expansion == Datasets.Expansion.RECORDS);
        });
  }

  /// The body of `get_file_by_data_id`.
  public byte[] fileByDataId(DatasetLookup lookup) {
    return object(json -> writeLookup(json, lookup));
  }

  private static void writeLookup(JsonGenerator json, DatasetLookup lookup) {
    json.writeStringProperty("dataset_type", lookup.datasetType());
    writeDataId(json, "data_id", lookup.dataId());
    writeDataId(json, "default_data_id", lookup.defaults());
    WireWriter.writeNames(json, "collections", lookup.collections());
    json.writeName("timespan");
    writeTimespan(json, lookup.timespan());
  }

  private static void writeTimespan(JsonGenerator json, @Nullable Timespan timespan) {
    if (timespan == null) {
      json.writeNull();
    } else {
      json.writeStartArray();
      json.writeNumber(timespan.beginNanos());
      json.writeNumber(timespan.endNanos());
      json.writeEndArray();
    }
  }

  private static void writeDataId(JsonGenerator json, String name, Map<String, Object> dataId) {
    json.writeObjectPropertyStart(name);
    dataId.forEach(
        (key, value) -> {
          json.writeName(key);
          writeScalar(json, key, value);
        });
    json.writeEndObject();
  }

  private static void writeScalar(JsonGenerator json, String key, Object value) {
    switch (value) {
      case Long number -> json.writeNumber(number.longValue());
      case Integer number -> json.writeNumber(number.longValue());
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Double number when Double.isFinite(number) -> json.writeNumber(number.doubleValue());
      default ->
          throw new ButlerException.Invalid(
              ErrorCode.DIMENSION_VALUE,
              "The data ID has a %s for '%s'; strings, finite numbers and booleans can be asked for."
                  .formatted(value.getClass().getSimpleName(), key));
    }
  }

  /// The body of `expand_data_id`.
  public byte[] expandDataId(Map<String, Object> dataId) {
    return object(json -> writeDataId(json, "data_id", dataId));
  }

  /// The body of `datasets` and of `file_transfer`.
  public byte[] datasetIds(List<UUID> ids) {
    return object(
        json ->
            WireWriter.writeNames(json, "dataset_ids", ids.stream().map(UUID::toString).toList()));
  }

  /// The body of `query_dataset_types`.
  public byte[] datasetTypes(List<String> expression) {
    return object(json -> WireWriter.writeNames(json, "search", expression));
  }

  /// The body of `query_collection_info`.
  public byte[] collectionInfo(CollectionSearch search) {
    Set<CollectionSearch.Detail> details = search.details();
    return object(
        json -> {
          WireWriter.writeNames(json, "expression", search.expression());
          json.writeArrayPropertyStart("collection_types");
          search.types().stream()
              .map(CollectionType::number)
              .sorted()
              .forEach(number -> json.writeNumber(number.intValue()));
          json.writeEndArray();
          json.writeBooleanProperty("flatten_chains", search.chains().flatten());
          json.writeBooleanProperty("include_chains", search.chains().include());
          writeDetail(json, "include_parents", details, CollectionSearch.Detail.PARENTS);
          writeDetail(json, "include_summary", details, CollectionSearch.Detail.SUMMARY);
          writeDetail(json, "include_doc", details, CollectionSearch.Detail.DOC);
          WireWriter.writeNames(json, "summary_datasets", search.summaryDatasets());
        });
  }

  private static void writeDetail(
      JsonGenerator json,
      String name,
      Set<CollectionSearch.Detail> details,
      CollectionSearch.Detail detail) {
    json.writeBooleanProperty(name, details.contains(detail));
  }

  /// The body of `query/execute`.
  ///
  /// @throws ButlerException.LimitExceeded (invalid_query) for a condition that has too many parts
  ///     in the protocol's form; so do the other queries
  public byte[] execute(Query query, ResultSpec spec) {
    return object(json -> writeQuery(json, query, spec));
  }

  private void writeQuery(JsonGenerator json, Query query, ResultSpec spec) {
    writeQuery(json, query);
    json.writeName("result_spec");
    ResultSpecWriter.write(json, spec);
  }

  private void writeQuery(JsonGenerator json, Query query) {
    json.writeName("query");
    queries.write(json, query);
  }

  /// The body of `query/count`.
  public byte[] count(Query query, ResultSpec spec, Queries.Counting counting) {
    return object(
        json -> {
          writeQuery(json, query, spec);
          json.writeBooleanProperty("exact", counting.exact());
          json.writeBooleanProperty("discard", counting.discard());
        });
  }

  /// The body of `query/any`.
  public byte[] any(Query query, Queries.Checking checking) {
    return object(
        json -> {
          writeQuery(json, query);
          json.writeBooleanProperty("execute", checking.execute());
          json.writeBooleanProperty("exact", checking.exact());
        });
  }

  /// The body of `query/explain`, which may ask the database.
  public byte[] explain(Query query) {
    return object(
        json -> {
          writeQuery(json, query);
          json.writeBooleanProperty("execute", true);
        });
  }

  /// The body of `query/all_datasets`.
  public byte[] allDatasets(AllDatasets search) {
    return object(
        json -> {
          WireWriter.writeNames(json, "collections", search.collections());
          WireWriter.writeNames(json, "name", search.types());
          json.writeBooleanProperty("find_first", search.findFirst());
          writeDataId(json, "data_id", search.dataId());
          writeDataId(json, "default_data_id", search.defaults());
          json.writeStringProperty("where", search.where());
          json.writeName("bind");
          ExpressionWriter.writeLiterals(json, search.bind());
          ResultSpecWriter.writeLimit(json, search.limit());
          json.writeBooleanProperty("with_dimension_records", search.withRecords());
        });
  }
}
