package equerry.registry.query;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.query.References;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.registry.query.BoundQuery.DatasetSearch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the rows of a result are made of, and which columns the statement must have for them.
///
/// @param columns the columns of the result (see [equerry.api.query.ResultRows])
/// @param projection what the statement must give
record ResultLayout(List<ResultColumn> columns, Projection projection) {

  /// The layout of a result.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for columns that the query does not have
  static ResultLayout of(ResultSpec spec, Map<String, DatasetSearch> datasets) {
    checkOrder(spec, datasets);
    return switch (spec) {
      case ResultSpec.DataIds ids ->
          layout(keys(ids.dimensions()), records(ids.withRecords(), ids.dimensions()), ids, "");
      case ResultSpec.Records records ->
          layout(List.of(), List.of(new ResultColumn.Record(records.element())), records, "");
      case ResultSpec.Refs refs -> refs(refs, datasets);
      case ResultSpec.General general -> general(general, datasets);
    };
  }

  private static void checkOrder(ResultSpec spec, Map<String, DatasetSearch> datasets) {
    Set<String> outside = new TreeSet<>();
    for (OrderTerm term : spec.options().orderBy()) {
      References.walk(
          term.expression(),
          leaf -> {
            switch (leaf) {
              case Expression.DimensionKey key -> outside.addAll(key.dimension().required());
              case Expression.DimensionField field -> outside.addAll(field.element().required());
              case Expression.DatasetField field -> joined(field.datasetType(), datasets);
              case Expression other -> {}
            }
          });
    }
    outside.removeAll(spec.dimensions().names());
    if (!outside.isEmpty()) {
      throw invalid(
          "Order-by expression may not reference columns that are not in the result dimensions: "
              + outside
              + " not in "
              + spec.dimensions()
              + ".");
    }
  }

  private static DatasetSearch joined(String type, Map<String, DatasetSearch> datasets) {
    DatasetSearch search = datasets.get(type);
    if (search == null) {
      throw Binder.notJoined(type);
    }
    return search;
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }

  private static List<ResultColumn> keys(DimensionGroup dimensions) {
    return dimensions.keys().stream()
        .<ResultColumn>map(name -> new ResultColumn.Key(dimensions.universe().element(name)))
        .toList();
  }

  private static List<ResultColumn> records(boolean wanted, DimensionGroup dimensions) {
    return wanted
        ? dimensions.elements().stream().<ResultColumn>map(ResultColumn.Record::new).toList()
        : List.of();
  }

  private static ResultLayout refs(ResultSpec.Refs spec, Map<String, DatasetSearch> datasets) {
    DatasetType type = joined(spec.typeName(), datasets).type().type();
    List<ResultColumn> columns = new ArrayList<>(keys(spec.dimensions()));
    columns.add(new ResultColumn.Dataset(type, DatasetColumn.DATASET_ID));
    columns.add(new ResultColumn.Dataset(type, DatasetColumn.RUN));
    return layout(
        columns,
        records(spec.withRecords(), spec.dimensions()),
        spec,
        spec.findFirst() ? spec.typeName() : "");
  }

  private static ResultLayout general(
      ResultSpec.General spec, Map<String, DatasetSearch> datasets) {
    checkGeneral(spec);
    List<ResultColumn> columns = new ArrayList<>(keys(spec.dimensions()));
    for (DimensionElement element : spec.dimensions().elements()) {
      Set<String> chosen = spec.fields().getOrDefault(element.name(), Set.of());
      boolean whole = spec.withRecords() && !element.isCached() && element.skypix().isEmpty();
      for (Column field : element.fields()) {
        if (whole || chosen.contains(field.name())) {
          columns.add(new ResultColumn.Field(element, field));
        }
      }
    }
    new TreeMap<>(spec.datasetFields())
        .forEach(
            (name, fields) -> {
              DatasetType type = joined(name, datasets).type().type();
              new TreeSet<>(fields)
                  .forEach(field -> columns.add(new ResultColumn.Dataset(type, field)));
            });
    List<ResultColumn> records = new ArrayList<>(records(spec.withRecords(), spec.dimensions()));
    records.removeIf(
        column ->
            column instanceof ResultColumn.Record record
                && !record.element().isCached()
                && record.element().skypix().isEmpty());
    String first = spec.findFirst() ? spec.datasetFields().keySet().iterator().next() : "";
    return layout(columns, records, spec, first);
  }

  private static void checkGeneral(ResultSpec.General spec) {
    if (spec.findFirst() && spec.datasetFields().size() != 1) {
      throw invalid("find_first=True requires exactly one result dataset type.");
    }
    spec.fields()
        .forEach(
            (name, fields) -> {
              if (!spec.dimensions().containsElement(name)) {
                throw invalid(
                    "Dimension element " + name + " is not in " + spec.dimensions() + ".");
              }
              DimensionElement element = spec.dimensions().universe().element(name);
              if (element.skypix().isPresent()) {
                throw invalid("Regions of skypix dimension '" + name + "' are not stored.");
              }
              for (String field : fields) {
                if (element.findField(field).isEmpty()) {
                  throw invalid("Dimension element " + name + " has no field '" + field + "'.");
                }
              }
            });
  }

  private static ResultLayout layout(
      List<ResultColumn> columns, List<ResultColumn> records, ResultSpec spec, String findFirst) {
    List<ResultColumn> all = new ArrayList<>(columns);
    all.addAll(records);
    Set<LogicalColumn> needed = new LinkedHashSet<>();
    all.forEach(column -> addLogical(column, spec, needed));
    return new ResultLayout(
        List.copyOf(all), new Projection(spec.dimensions(), List.copyOf(needed), findFirst));
  }

  private static void addLogical(ResultColumn column, ResultSpec spec, Set<LogicalColumn> needed) {
    switch (column) {
      case ResultColumn.Key key -> needed.add(new LogicalColumn.Key(key.dimension().name()));
      case ResultColumn.Field field ->
          needed.add(new LogicalColumn.Field(field.element(), field.column()));
      case ResultColumn.Dataset dataset ->
          needed.add(new LogicalColumn.Dataset(dataset.type().name(), dataset.column()));
      case ResultColumn.Record record -> {
        DimensionElement element = record.element();
        element.required().forEach(name -> needed.add(new LogicalColumn.Key(name)));
        if (isReadWithRows(element, spec)) {
          element.implied().forEach(name -> needed.add(new LogicalColumn.Key(name)));
          element.fields().forEach(field -> needed.add(new LogicalColumn.Field(element, field)));
        }
      }
    }
  }

  /// Whether an element's records come with the rows, rather than from its whole table.
  private static boolean isReadWithRows(DimensionElement element, ResultSpec spec) {
    return element.hasTable() && (!element.isCached() || spec instanceof ResultSpec.Records);
  }
}
