package equerry.direct.exchange;

import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts what is of one universe into terms of another: by the names of dimensions and columns.
///
/// @param universe the universe of the results
record Conforming(DimensionUniverse universe) {
  /// @throws ButlerException.Invalid (dimension_name) for a dimension that the universe lacks
  DatasetType type(DatasetType other) {
    return new DatasetType(
        other.name(),
        universe.group(other.dimensions().names()),
        other.storageClass(),
        other.isCalibration());
  }

  /// A dataset without records, with the implied values that it has.
  DatasetRef ref(DatasetRef other, DatasetType type) {
    Map<String, @Nullable Object> given = other.dataId().mapping();
    DimensionGroup group = type.dimensions();
    List<String> names = given.keySet().containsAll(group.keys()) ? group.keys() : group.required();
    List<@Nullable Object> values = new ArrayList<>();
    names.forEach(name -> values.add(given.get(name)));
    return new DatasetRef(other.id(), type, DataId.of(group, values), other.run(), null);
  }

  /// Records of elements that the universe has.
  ///
  /// @throws ButlerException.Invalid (dimension_value) for a value in a column that it lacks
  Map<DimensionElement, List<DimensionRecord>> records(
      Map<DimensionElement, List<DimensionRecord>> others) {
    Map<DimensionElement, List<DimensionRecord>> records = new HashMap<>();
    others.forEach(
        (other, some) ->
            universe
                .findElement(other.name())
                .filter(DimensionElement::hasTable)
                .ifPresent(
                    element ->
                        records.put(
                            element,
                            some.stream().map(record -> record(element, record)).toList())));
    Map<DimensionElement, List<DimensionRecord>> inOrder = new LinkedHashMap<>();
    universe.elements().stream()
        .filter(records::containsKey)
        .forEach(element -> inOrder.put(element, records.get(element)));
    return inOrder;
  }

  private static DimensionRecord record(DimensionElement element, DimensionRecord other) {
    if (element.equals(other.element())) {
      return other;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<Column> columns = other.element().recordColumns();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i).name(), other.values().get(i));
    }
    List<@Nullable Object> mine = new ArrayList<>();
    element.recordColumns().forEach(column -> mine.add(values.remove(column.name())));
    values.forEach(
        (name, value) -> {
          if (value != null) {
            throw new ButlerException.Invalid(
                ErrorCode.DIMENSION_VALUE,
                "Records of %s have a column '%s' in the source, which this repository's universe"
                        .formatted(element, name)
                    + " lacks. Transfer without records, after inserting them here.");
          }
        });
    return new DimensionRecord(element, mine);
  }
}
