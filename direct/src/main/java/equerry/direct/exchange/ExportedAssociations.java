package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSummary;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.query.ResultStream;
import equerry.api.selection.GeneralRow;
import equerry.api.selection.Selection.Search;
import equerry.api.time.Timespan;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferListener.Step;
import equerry.direct.SeenIds;
import equerry.direct.exchange.document.DocumentWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The memberships and validity ranges of exported datasets in exported collections.
///
/// @param ids the exported datasets
/// @param types their types
record ExportedAssociations(Butler butler, SeenIds ids, List<DatasetType> types) {
  private static final Comparator<Association> ORDER =
      Comparator.comparing(Association::run, PythonOrder.TEXTS)
          .thenComparing(Association::type, PythonOrder.TEXTS)
          .thenComparing(Association::dataId, PythonOrder.DATA_IDS)
          .thenComparingLong(association -> association.timespan().beginNanos());

  private record Association(UUID id, String run, String type, DataId dataId, Timespan timespan) {}

  void write(ExportedCollections collections, DocumentWriter document, TransferListener listener) {
    long done = 0;
    for (CollectionInfo collection : collections.associating()) {
      List<Association> found = find(collection);
      found.sort(ORDER);
      if (!found.isEmpty()) {
        write(collection, found, document);
      }
      done += found.size();
      listener.advanced(Step.ASSOCIATIONS, done, -1);
    }
  }

  private static void write(
      CollectionInfo collection, List<Association> found, DocumentWriter document) {
    if (collection.type() == CollectionType.TAGGED) {
      document.members(collection.name(), found.stream().map(Association::id).toList());
      return;
    }
    Map<Timespan, List<UUID>> ranges = new LinkedHashMap<>();
    for (Association association : found) {
      ranges
          .computeIfAbsent(association.timespan(), timespan -> new ArrayList<>())
          .add(association.id());
    }
    document.certified(collection.name(), ranges);
  }

  private List<Association> find(CollectionInfo collection) {
    List<Association> found = new ArrayList<>();
    CollectionSummary summary = butler.collections().loadSummary(collection.name());
    List<String> held = summary.datasetTypes().stream().map(DatasetType::name).toList();
    for (DatasetType type : types) {
      boolean fits = collection.type() == CollectionType.TAGGED || type.isCalibration();
      if (fits && held.contains(type.name())) {
        find(collection, type, found);
      }
    }
    return found;
  }

  private void find(CollectionInfo collection, DatasetType type, List<Association> found) {
    String name = type.name();
    String[] columns = {name + ".dataset_id", name + ".run", name + ".timespan"};
    try (ResultStream<GeneralRow> rows =
        butler
            .query()
            .joinDatasets(name, collection.name())
            .general(type.dimensions().names(), Search.ALL, columns)
            .stream()) {
      for (GeneralRow row : rows) {
        UUID id = (UUID) Objects.requireNonNull(row.value(columns[0]));
        if (ids.contains(id)) {
          found.add(
              new Association(
                  id,
                  (String) Objects.requireNonNull(row.value(columns[1])),
                  name,
                  dataId(type, row),
                  timespan(row.value(columns[2]))));
        }
      }
    }
  }

  private static DataId dataId(DatasetType type, GeneralRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    type.dimensions().required().forEach(dimension -> values.add(row.value(dimension)));
    return DataId.of(type.dimensions(), values);
  }

  private static Timespan timespan(@Nullable Object value) {
    return value instanceof Timespan timespan ? timespan : Timespan.UNBOUNDED;
  }
}
