package equerry.direct.exchange;

import equerry.api.Butler;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.ResultStream;
import equerry.registry.write.Batches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dimension records that go with datasets to another repository: those of their data IDs, and
/// those that tie these to others (the exposures of a visit, its regions, its systems), with what
/// they need in turn.
public final class RecordCollector {
  private static final int BATCH = 500;

  private final Butler butler;
  private final DimensionUniverse universe;
  private final Map<DimensionElement, Map<DataId, DimensionRecord>> records = new LinkedHashMap<>();

  /// @param butler where more records are looked up
  public RecordCollector(Butler butler) {
    this.butler = butler;
    this.universe = butler.universe();
  }

  /// Adds the records of a dataset's data ID, with which it must have come.
  public void add(DatasetRef ref) {
    List<DimensionRecord> own = ref.records();
    if (own == null && ref.dataId().group().elements().isEmpty()) {
      return;
    }
    if (own == null) {
      throw new IllegalArgumentException("A dataset without records: " + ref.id());
    }
    addAll(own);
  }

  private void addAll(Collection<DimensionRecord> some) {
    for (DimensionRecord record : some) {
      if (record.element().hasTable()) {
        of(record.element()).putIfAbsent(key(record), record);
      }
    }
  }

  private Map<DataId, DimensionRecord> of(DimensionElement element) {
    return records.computeIfAbsent(element, e -> new LinkedHashMap<>());
  }

  private DataId key(DimensionRecord record) {
    DimensionElement element = record.element();
    return DataId.of(
        universe.group(element.required()), record.values().subList(0, element.required().size()));
  }

  /// The records of each element that has any, elements in universe order, records by their keys.
  /// Looks up what was not added but belongs to it.
  public Map<DimensionElement, List<DimensionRecord>> finish() {
    List<DimensionRecord> tied = new ArrayList<>();
    for (DimensionElement element : universe.elements()) {
      String populator = populator(element);
      if (populator != null && !records.containsKey(element)) {
        Map<DataId, DimensionRecord> known = records.get(universe.element(populator));
        if (known != null) {
          tied.addAll(recordsOf(element, List.copyOf(known.keySet())));
        }
      }
    }
    List<DimensionRecord> needed = new ArrayList<>();
    missing(tied).values().forEach(ids -> needed.addAll(expanded(ids)));
    addAll(tied);
    addAll(needed);
    return sorted();
  }

  /// The dimension with whose records those of an element are made.
  private @Nullable String populator(DimensionElement element) {
    Object description = universe.config().elements().get(element.name());
    return description instanceof Map<?, ?> map && map.get("populated_by") instanceof String name
        ? name
        : null;
  }

  private List<DimensionRecord> recordsOf(DimensionElement element, List<DataId> ids) {
    List<DimensionRecord> found = new ArrayList<>();
    for (List<DataId> batch : Batches.of(ids, BATCH)) {
      try (ResultStream<DimensionRecord> stream =
          butler.query().joinDataIds(batch).records(element.name()).stream()) {
        stream.forEach(found::add);
      }
    }
    return found;
  }

  /// The data IDs, by dimension, that records name and that have no record yet.
  private Map<DimensionElement, Map<DataId, DataId>> missing(List<DimensionRecord> tied) {
    Map<DimensionElement, Map<DataId, DataId>> missing = new LinkedHashMap<>();
    for (DimensionRecord record : tied) {
      for (String name : record.element().required()) {
        DimensionElement dimension = universe.element(name);
        List<@Nullable Object> values = new ArrayList<>();
        dimension.required().forEach(key -> values.add(record.value(key)));
        DataId id = DataId.of(universe.group(dimension.required()), values);
        if (!records.getOrDefault(dimension, Map.of()).containsKey(id)) {
          missing.computeIfAbsent(dimension, d -> new LinkedHashMap<>()).put(id, id);
        }
      }
    }
    return missing;
  }

  private List<DimensionRecord> expanded(Map<DataId, DataId> ids) {
    List<DimensionRecord> found = new ArrayList<>();
    for (List<DataId> batch : Batches.of(ids.keySet(), BATCH)) {
      String[] names = batch.getFirst().group().names().toArray(String[]::new);
      try (ResultStream<ExpandedDataId> stream =
          butler.query().joinDataIds(batch).expandedDataIds(names).stream()) {
        stream.forEach(id -> found.addAll(id.records()));
      }
    }
    return found;
  }

  private Map<DimensionElement, List<DimensionRecord>> sorted() {
    Map<DimensionElement, List<DimensionRecord>> sorted = new LinkedHashMap<>();
    for (DimensionElement element : universe.elements()) {
      Map<DataId, DimensionRecord> own = records.get(element);
      if (own != null) {
        sorted.put(
            element,
            own.entrySet().stream()
                .sorted((a, b) -> PythonOrder.DATA_IDS.compare(a.getKey(), b.getKey()))
                .map(Map.Entry::getValue)
                .toList());
      }
    }
    return sorted;
  }
}
