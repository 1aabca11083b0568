package equerry.registry.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.Datasets.ExpandedDataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.registry.dimension.RecordReader;
import equerry.registry.lookup.DataIdExpander;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Completes the data IDs of many datasets; a record that several of them share is read once.
final class RefExpander {
  private final WriteScope scope;
  private final Map<Key, Optional<DimensionRecord>> known = new HashMap<>();

  RefExpander(WriteScope scope) {
    this.scope = scope;
  }

  private record Key(DimensionElement element, List<Object> values) {}

  /// The same datasets with full data IDs and records.
  List<DatasetRef> expand(Collection<DatasetRef> refs) {
    return scope.call(
        () -> {
          List<DatasetRef> expanded = new ArrayList<>(refs.size());
          for (DatasetRef ref : refs) {
            ExpandedDataId full = DataIdExpander.expand(this::find, ref.dataId());
            expanded.add(
                new DatasetRef(ref.id(), ref.type(), full.dataId(), ref.run(), full.records()));
          }
          return expanded;
        });
  }

  private Optional<DimensionRecord> find(DimensionElement element, Map<String, Object> keys)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    for (String dimension : element.required()) {
      values.add(keys.getOrDefault(dimension, ""));
    }
    Key key = new Key(element, values);
    Optional<DimensionRecord> found = known.get(key);
    if (found == null) {
      found = RecordReader.find(scope.session(), element, keys);
      known.put(key, found);
    }
    return found;
  }
}
