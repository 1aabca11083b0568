package equerry.registry.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.registry.db.Session;
import equerry.registry.dimension.RecordReader;
import equerry.registry.lookup.DataIdExpander;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Completes the data IDs of many datasets; a record that several of them share is read once, and
/// those of an element together.
final class RefExpander {
  private final Session session;
  private final Map<Key, Optional<DimensionRecord>> known = new HashMap<>();

  RefExpander(Session session) {
    this.session = session;
  }

  private record Key(DimensionElement element, List<Object> values) {}

  /// The same datasets with full data IDs and records.
  List<DatasetRef> expand(Collection<DatasetRef> refs) throws SQLException {
    readAhead(refs);
    List<DatasetRef> expanded = new ArrayList<>(refs.size());
    for (DatasetRef ref : refs) {
      ExpandedDataId full = DataIdExpander.expand(this::find, ref.dataId());
      expanded.add(new DatasetRef(ref.id(), ref.type(), full.dataId(), ref.run(), full.records()));
    }
    return expanded;
  }

  /// Reads the records that [#find] will be asked for, as far as they can be told.
  private void readAhead(Collection<DatasetRef> refs) throws SQLException {
    Map<DimensionGroup, Set<DataId>> groups = new LinkedHashMap<>();
    refs.forEach(
        ref ->
            groups
                .computeIfAbsent(ref.dataId().group(), group -> new LinkedHashSet<>())
                .add(ref.dataId()));
    for (Map.Entry<DimensionGroup, Set<DataId>> group : groups.entrySet()) {
      List<Map<String, Object>> all = new ArrayList<>();
      group.getValue().forEach(dataId -> all.add(new HashMap<>(dataId.required())));
      for (DimensionElement element : group.getKey().lookupOrder()) {
        if (element.hasTable()) {
          readAhead(element, all);
        }
      }
    }
  }

  /// Reads the records of an element, and adds what they imply.
  private void readAhead(DimensionElement element, List<Map<String, Object>> all)
      throws SQLException {
    Map<Key, List<Map<String, Object>>> asked = new LinkedHashMap<>();
    for (Map<String, Object> values : all) {
      if (values.keySet().containsAll(element.required())) {
        asked.computeIfAbsent(key(element, values), key -> new ArrayList<>()).add(values);
      }
    }
    List<Key> missing = asked.keySet().stream().filter(key -> !known.containsKey(key)).toList();
    missing.forEach(key -> known.put(key, Optional.empty()));
    List<List<Object>> keys = missing.stream().map(Key::values).toList();
    for (DimensionRecord record : RecordReader.findAll(session, element, keys)) {
      Map<String, Object> values = new HashMap<>();
      element
          .required()
          .forEach(name -> values.put(name, Objects.requireNonNull(record.value(name))));
      known.put(key(element, values), Optional.of(record));
    }
    asked.forEach(
        (key, sharing) ->
            known.getOrDefault(key, Optional.empty()).ifPresent(record -> imply(record, sharing)));
  }

  private static void imply(DimensionRecord record, List<Map<String, Object>> sharing) {
    for (String name : record.element().implied()) {
      Object value = record.value(name);
      if (value != null) {
        sharing.forEach(values -> values.putIfAbsent(name, value));
      }
    }
  }

  private static Key key(DimensionElement element, Map<String, Object> values) {
    List<Object> key = new ArrayList<>();
    element.required().forEach(name -> key.add(values.getOrDefault(name, "")));
    return new Key(element, key);
  }

  private Optional<DimensionRecord> find(DimensionElement element, Map<String, Object> keys)
      throws SQLException {
    Key key = key(element, keys);
    Optional<DimensionRecord> found = known.get(key);
    if (found == null) {
      found = RecordReader.find(session, element, keys);
      known.put(key, found);
    }
    return found;
  }
}
