package equerry.client.wire;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSummary;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.DatasetTypes;
import equerry.api.dataset.Datasets;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the answers of one repository, each as the bytes of one JSON object. Safe for many threads.
public final class WireWriter {
  private final DimensionUniverse universe;
  private final RecordWriter records = new RecordWriter();
  private final RefWriter refs = new RefWriter(records);

  public WireWriter(DimensionUniverse universe) {
    this.universe = universe;
  }

  public byte[] universe() {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("universe");
          UniverseWriter.write(json, universe);
          json.writeEndObject();
        });
  }

  public byte[] datasetType(DatasetType type) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("dataset_type");
          RefWriter.writeType(json, type);
          json.writeEndObject();
        });
  }

  public byte[] datasetTypes(DatasetTypes.Matches matches) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("dataset_types");
          matches.found().forEach(type -> RefWriter.writeType(json, type));
          json.writeEndArray();
          json.writeName("missing");
          RefWriter.writeTexts(json, matches.missing());
          json.writeEndObject();
        });
  }

  /// The answer of `find_dataset` and `dataset/…`: null when there is none.
  public byte[] dataset(Optional<DatasetRef> ref) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("dataset_ref");
          ref.ifPresentOrElse(found -> refs.write(json, found), json::writeNull);
          json.writeEndObject();
        });
  }

  public byte[] datasets(Collection<DatasetRef> found) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "dataset_ref");
          json.writeArrayPropertyStart("rows");
          found.forEach(ref -> refs.write(json, ref));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  public byte[] expandedDataId(Datasets.ExpandedDataId expanded) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("data_coordinate");
          refs.writeDataId(json, expanded.dataId(), expanded.records());
          json.writeEndObject();
        });
  }

  /// The answer of `get_file…`; without links the dataset is known but has no file.
  public byte[] files(DatasetRef ref, List<FileLink> links) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("dataset_ref");
          refs.write(json, ref);
          FileWriter.writeArtifact(json, links);
          json.writeEndObject();
        });
  }

  /// The answer of `file_transfer`.
  public byte[] transfers(Map<UUID, List<FileLink>> links) {
    return WireJson.bytes(json -> FileWriter.writeTransfers(json, links));
  }

  public byte[] collections(List<CollectionInfo> found) {
    return WireJson.bytes(json -> CollectionWriter.writeInfos(json, found));
  }

  /// The answer of `query_collections`.
  public byte[] collectionNames(List<CollectionInfo> found) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("collections");
          RefWriter.writeTexts(json, found.stream().map(CollectionInfo::name).toList());
          json.writeEndObject();
        });
  }

  /// The answer of `collection_info`, with the documentation and parents only when they are given.
  public byte[] collection(
      CollectionInfo found, @Nullable String doc, @Nullable Collection<String> parents) {
    return WireJson.bytes(json -> CollectionWriter.writeOld(json, found, doc, parents));
  }

  public byte[] summary(CollectionSummary summary) {
    return WireJson.bytes(json -> CollectionWriter.writeSummary(json, summary));
  }

  public byte[] count(long count) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("count", count);
          json.writeEndObject();
        });
  }

  public byte[] any(boolean found) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("found_rows", found);
          json.writeEndObject();
        });
  }

  public byte[] explanation(List<String> messages) {
    return WireJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("messages");
          RefWriter.writeTexts(json, messages);
          json.writeEndObject();
        });
  }

  /// Pages for the rows that answer `spec`.
  public PageWriter pages(ResultSpec spec, ResultRows rows) {
    EncodedRecords encoded = new EncodedRecords(records, spec.dimensions());
    return new PageWriter(RowShape.of(spec, rows.columns(), encoded));
  }

  /// Pages for the refs of one dataset type of a search over many.
  public PageWriter pages(ResultRows refs) {
    DatasetType type = RefRows.typeOf(refs.columns());
    EncodedRecords encoded = new EncodedRecords(records, type.dimensions());
    return new PageWriter(RefRows.of(refs.columns(), null, encoded));
  }

  static void writeNames(JsonGenerator json, String field, @Nullable Collection<String> names) {
    json.writeName(field);
    if (names == null) {
      json.writeNull();
    } else {
      RefWriter.writeTexts(json, names);
    }
  }
}
