package equerry.api.selection;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The columns of a general result, as their names say.
///
/// @param dimensions the dimensions that they need
/// @param fields fields of dimension elements; keys are in `dimensions`
/// @param datasetFields fields of datasets
record ChosenColumns(
    DimensionGroup dimensions,
    Map<String, Set<String>> fields,
    Map<String, Set<DatasetColumn>> datasetFields) {

  /// Reads names such as `visit.exposure_time`, `raw.run` or `detector`.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for what no element or joined dataset type has
  static ChosenColumns of(
      DimensionUniverse universe, Map<String, DatasetType> types, List<String> names) {
    Reading reading =
        new Reading(
            universe, types, new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    names.forEach(reading::read);
    return new ChosenColumns(
        universe.group(reading.dimensions), reading.fields, reading.datasetFields);
  }

  private record Reading(
      DimensionUniverse universe,
      Map<String, DatasetType> types,
      Set<String> dimensions,
      Map<String, Set<String>> fields,
      Map<String, Set<DatasetColumn>> datasetFields) {

    void read(String name) {
      int dot = name.indexOf('.');
      String first = dot < 0 ? name : name.substring(0, dot);
      Optional<DimensionElement> element = universe.findElement(first);
      if (dot < 0) {
        dimensions.add(universe.dimension(name).name());
      } else if (element.isPresent()) {
        field(element.get(), name.substring(dot + 1));
      } else {
        datasetField(first, name.substring(dot + 1));
      }
    }

    private void field(DimensionElement element, String field) {
      dimensions.addAll(element.dependencies().toList());
      if (element.isDimension() && element.primaryKey().name().equals(field)) {
        return;
      }
      if (element.dependencies().anyMatch(field::equals)) {
        return;
      }
      if (element.findField(field).isEmpty()) {
        List<String> known = element.recordColumns().stream().map(Column::name).toList();
        throw invalid(
            "%s has no field '%s'.%s"
                .formatted(element.name(), field, DidYouMean.sentence(field, known)));
      }
      fields.computeIfAbsent(element.name(), name -> new LinkedHashSet<>()).add(field);
    }

    private void datasetField(String typeName, String field) {
      DatasetType type = types.get(typeName);
      if (type == null) {
        List<String> known =
            Stream.concat(
                    types.keySet().stream(),
                    universe.elements().stream().map(DimensionElement::name))
                .toList();
        throw invalid(
            "'%s' is neither a dimension element nor a dataset type that was joined.%s"
                .formatted(typeName, DidYouMean.sentence(typeName, known)));
      }
      List<String> labels = Stream.of(DatasetColumn.values()).map(DatasetColumn::label).toList();
      DatasetColumn column =
          Stream.of(DatasetColumn.values())
              .filter(each -> each.label().equals(field))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalid(
                          "Datasets have no field '%s'.%s"
                              .formatted(field, DidYouMean.sentence(field, labels))));
      dimensions.addAll(type.dimensions().names());
      datasetFields.computeIfAbsent(typeName, name -> new LinkedHashSet<>()).add(column);
    }
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
