package equerry.client.wire;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// The columns that answers have, in the order of [equerry.api.query.ResultRows].
final class ResultColumns {
  private ResultColumns() {}

  static List<ResultColumn> ofDataIds(ResultSpec.DataIds spec) {
    return join(keys(spec.dimensions()), records(spec.dimensions(), spec.withRecords()));
  }

  /// @param type the dataset type, with the storage class to report
  static List<ResultColumn> ofRefs(DatasetType type, boolean withRecords) {
    List<ResultColumn> columns = new ArrayList<>(keys(type.dimensions()));
    columns.add(new ResultColumn.Dataset(type, DatasetColumn.DATASET_ID));
    columns.add(new ResultColumn.Dataset(type, DatasetColumn.RUN));
    return join(columns, records(type.dimensions(), withRecords));
  }

  /// @param types gives the dataset type of a name
  static List<ResultColumn> ofGeneral(
      ResultSpec.General spec, Function<String, DatasetType> types) {
    List<ResultColumn> columns = new ArrayList<>(keys(spec.dimensions()));
    for (DimensionElement element : spec.dimensions().elements()) {
      Set<String> chosen = spec.fields().getOrDefault(element.name(), Set.of());
      boolean whole = spec.withRecords() && !isBesideRows(element);
      for (Column field : element.fields()) {
        if (whole || chosen.contains(field.name())) {
          columns.add(new ResultColumn.Field(element, field));
        }
      }
    }
    for (Map.Entry<String, Set<DatasetColumn>> entry :
        new TreeMap<>(spec.datasetFields()).entrySet()) {
      DatasetType type = types.apply(entry.getKey());
      new TreeSet<>(entry.getValue())
          .forEach(field -> columns.add(new ResultColumn.Dataset(type, field)));
    }
    List<ResultColumn> records = new ArrayList<>(records(spec.dimensions(), spec.withRecords()));
    records.removeIf(
        column -> column instanceof ResultColumn.Record record && !isBesideRows(record.element()));
    return join(columns, records);
  }

  /// Whether pages list an element's records beside their rows.
  private static boolean isBesideRows(DimensionElement element) {
    return element.isCached() || element.skypix().isPresent();
  }

  private static List<ResultColumn> keys(DimensionGroup dimensions) {
    return dimensions.keys().stream()
        .<ResultColumn>map(name -> new ResultColumn.Key(dimensions.universe().element(name)))
        .toList();
  }

  private static List<ResultColumn> records(DimensionGroup dimensions, boolean wanted) {
    return wanted
        ? dimensions.elements().stream().<ResultColumn>map(ResultColumn.Record::new).toList()
        : List.of();
  }

  private static List<ResultColumn> join(List<ResultColumn> a, List<ResultColumn> b) {
    List<ResultColumn> all = new ArrayList<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }
}
