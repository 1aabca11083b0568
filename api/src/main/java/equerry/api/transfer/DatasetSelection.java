package equerry.api.transfer;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Datasets.Expansion;
import equerry.api.query.ResultStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The datasets to move, one type after the other. They may be asked for more than once, and a
/// dataset may come several times.
public interface DatasetSelection {
  /// The types of which there may be any, by name.
  List<DatasetType> types();

  /// The datasets of a type, with full data IDs.
  ///
  /// @param expansion whether the records of the data IDs are needed
  ResultStream<DatasetRef> stream(DatasetType type, Expansion expansion);

  /// No datasets.
  static DatasetSelection none() {
    return of(List.of());
  }

  /// Datasets that are known already, with full data IDs and their records.
  static DatasetSelection of(Collection<DatasetRef> refs) {
    Map<String, List<DatasetRef>> byType =
        refs.stream()
            .collect(
                Collectors.groupingBy(
                    ref -> ref.type().name(), TreeMap::new, Collectors.toUnmodifiableList()));
    List<DatasetType> types =
        byType.values().stream()
            .map(list -> list.getFirst().type())
            .sorted(Comparator.comparing(DatasetType::name))
            .toList();
    return new DatasetSelection() {
      @Override
      public List<DatasetType> types() {
        return types;
      }

      @Override
      public ResultStream<DatasetRef> stream(DatasetType type, Expansion expansion) {
        Iterator<DatasetRef> iterator = byType.getOrDefault(type.name(), List.of()).iterator();
        return new ResultStream<>() {
          @Override
          public Iterator<DatasetRef> iterator() {
            return iterator;
          }

          @Override
          public void close() {}
        };
      }
    };
  }
}
