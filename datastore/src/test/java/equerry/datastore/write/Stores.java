package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.StorageClasses;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.datastore.DatastoreSection;
import equerry.datastore.template.StockTemplates;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/// Writers and datasets for tests.
final class Stores {
  static final String JSON = "lsst.daf.butler.formatters.json.JsonFormatter";

  private Stores() {}

  static StoreWriter writer(Map<String, ?> section) {
    return writer(section, Map.of());
  }

  static StoreWriter writer(Map<String, ?> section, Map<String, String> environment) {
    return new StoreWriter(
        DatastoreSection.readForWriting(section, "/unused", Map.of(), StockTemplates.UNIVERSE),
        new StorageClasses(
            Map.of("ExposureF", Map.of("wcs", "Wcs", "summary", "ExposureSummaryStats"))),
        environment);
  }

  /// A dataset of the type with another id.
  static DatasetRef fresh(String type) {
    DatasetRef ref = StockTemplates.expanded(type);
    return new DatasetRef(UUID.randomUUID(), ref.type(), ref.dataId(), ref.run(), ref.records());
  }

  /// A dataset of the type in another run.
  static DatasetRef inRun(String type, String run) {
    DatasetRef ref = fresh(type);
    return new DatasetRef(ref.id(), ref.type(), ref.dataId(), run, ref.records());
  }

  static Content whole(String text) {
    return new Content.Whole(new Source.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }
}
