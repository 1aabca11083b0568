package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.StorageClasses;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.api.file.FileSource;
import equerry.api.file.Files.DatasetFiles;
import equerry.datastore.DatastoreSection;
import equerry.datastore.template.StockTemplates;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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

  static List<DatasetRef> refs(List<DatasetFiles> datasets) {
    return datasets.stream().map(DatasetFiles::ref).toList();
  }

  /// The files of these datasets, where a writer has them.
  static FileSource source(StoreWriter writer, List<DatasetFiles> datasets) {
    Map<UUID, List<FileSource.Located>> files = new HashMap<>();
    for (DatasetFiles dataset : datasets) {
      files.put(
          dataset.ref().id(),
          dataset.files().stream()
              .map(file -> new FileSource.Located(file.record(), writer.locate(file).toString()))
              .toList());
    }
    return new FileSource() {
      @Override
      public Map<UUID, List<Located>> find(List<UUID> ids) {
        Map<UUID, List<Located>> found = new HashMap<>(files);
        found.keySet().retainAll(ids);
        return found;
      }

      @Override
      public Lifetime lifetime() {
        return Lifetime.LASTING;
      }
    };
  }

  static Content whole(String text) {
    return new Content.Whole(new Source.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }
}
