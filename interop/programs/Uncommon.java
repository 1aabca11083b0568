import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Changes that no command makes: `java -cp … Uncommon composite|region REPO`.
public final class Uncommon {
  private Uncommon() {}

  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    try (WritableDirectButler butler =
        DirectButler.openForWriting(arguments[1], DirectButler.Options.defaults())) {
      switch (arguments[0]) {
        case "composite" -> putComposite(butler);
        case "region" -> replaceRegion(butler);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /// Puts a composite in parts.
  private static void putComposite(WritableDirectButler butler) {
    ExpandedDataId dataId =
        butler.datasets().expand(Map.of("instrument", "PartsCam", "detector", 1L));
    Content parts =
        new Content.Parts(
            Map.of(
                "summary", bytes("{\"a\": 1}"),
                "output", bytes("{\"b\": 2}"),
                "data", bytes("[1, 2, 3]")));
    butler.write(
        changes -> {
          DatasetRef ref =
              changes
                  .datasets()
                  .insert("split", "parts/run", List.of(dataId.dataId()), IdMode.UNIQUE)
                  .getFirst();
          changes.files().put(ref, parts);
          return ref;
        });
  }

  private static Source bytes(String text) {
    return new Source.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Gives a visit the region of a tract.
  private static void replaceRegion(WritableDirectButler butler) {
    DimensionRecord visit =
        record(butler, "visit", Map.of("instrument", "LarkCam", "visit", 2026031400003L));
    DimensionRecord tract = record(butler, "tract", Map.of("skymap", "meadow_v1", "tract", 1L));
    List<Object> values = new ArrayList<>(visit.values());
    values.set(place(visit), tract.values().get(place(tract)));
    DimensionRecord moved = new DimensionRecord(visit.element(), values);
    butler.write(
        changes -> {
          changes.records().insert(List.of(moved), OnConflict.REPLACE);
          return moved;
        });
  }

  private static int place(DimensionRecord record) {
    return record.element().recordColumns().stream().map(c -> c.name()).toList().indexOf("region");
  }

  private static DimensionRecord record(
      WritableDirectButler butler, String element, Map<String, Object> dataId) {
    return butler.datasets().expand(dataId).records().stream()
        .filter(record -> record.element().name().equals(element))
        .findFirst()
        .orElseThrow();
  }
}
