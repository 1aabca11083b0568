package equerry.direct.exchange.document;

import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.time.Timespan;
import equerry.direct.exchange.yaml.PythonYaml;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the entries of a document in the stock package's form; their order is the caller's.
public final class DocumentWriter {
  private final PythonYaml yaml;

  /// Begins a document.
  ///
  /// @param writer where it goes; it is not closed
  /// @param universe the universe of what will be written
  public DocumentWriter(Writer writer, DimensionUniverse universe) {
    yaml = new PythonYaml(writer);
    yaml.beginMapping()
        .entry("description", "Butler Data Repository Export")
        .entry("version", DocumentHeader.VERSION)
        .entry("universe_version", universe.config().version())
        .entry("universe_namespace", universe.config().namespace())
        .key(DocumentHeader.DATA)
        .beginList();
  }

  /// Writes the records of an element.
  public void records(DimensionElement element, Collection<DimensionRecord> records) {
    yaml.beginMapping()
        .entry("type", "dimension")
        .entry("element", element.name())
        .key("records")
        .beginList();
    records.forEach(record -> yaml.value(ColumnValues.row(record)));
    yaml.end().end();
  }

  public void collection(CollectionInfo collection) {
    yaml.beginMapping()
        .entry("type", "collection")
        .entry("collection_type", collection.type().name())
        .entry("name", collection.name());
    if (!collection.doc().isEmpty()) {
      yaml.entry("doc", collection.doc());
    }
    if (collection.type() == CollectionType.RUN) {
      // Nobody writes these columns any more.
      yaml.entry("host", null).entry("timespan_begin", null).entry("timespan_end", null);
    } else if (collection.type() == CollectionType.CHAINED) {
      yaml.entry("children", collection.children());
    }
    yaml.end();
  }

  /// Writes a dataset type and the datasets of it in a run.
  public void datasets(DatasetType type, String run, List<Exported> datasets) {
    yaml.beginMapping()
        .entry("type", "dataset_type")
        .entry("name", type.name())
        .entry("dimensions", type.dimensions().names())
        .entry("storage_class", type.storageClass())
        .entry("is_calibration", type.isCalibration())
        .end();
    yaml.beginMapping()
        .entry("type", "dataset")
        .entry("dataset_type", type.name())
        .entry("run", run)
        .key("records")
        .beginList();
    datasets.forEach(this::dataset);
    yaml.end().end();
  }

  /// A dataset and its file.
  public record Exported(DatasetRef ref, String path, @Nullable String formatter) {}

  private void dataset(Exported exported) {
    yaml.beginMapping()
        .entry("dataset_id", List.of(exported.ref().id()))
        .entry("data_id", List.of(exported.ref().dataId().required()))
        .entry("path", exported.path())
        .entry("formatter", exported.formatter())
        .end();
  }

  /// Writes the members of a TAGGED collection.
  public void members(String collection, List<UUID> ids) {
    associations(collection, CollectionType.TAGGED).entry("dataset_ids", ids).end();
  }

  /// Writes the members of a CALIBRATION collection.
  public void certified(String collection, Map<Timespan, List<UUID>> ids) {
    associations(collection, CollectionType.CALIBRATION).key("validity_ranges").beginList();
    ids.forEach(
        (timespan, members) ->
            yaml.beginMapping().entry("timespan", timespan).entry("dataset_ids", members).end());
    yaml.end().end();
  }

  private PythonYaml associations(String collection, CollectionType type) {
    return yaml.beginMapping()
        .entry("type", "associations")
        .entry("collection", collection)
        .entry("collection_type", type.name());
  }

  /// Ends the document.
  public void finish() {
    yaml.end().end();
  }
}
