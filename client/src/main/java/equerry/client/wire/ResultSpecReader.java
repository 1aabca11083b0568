package equerry.client.wire;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import equerry.api.query.OrderTerm;
import equerry.api.query.ResultSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what the rows of a result are to be.
final class ResultSpecReader {
  private static final String WITH_RECORDS = "include_dimension_records";
  private static final String DIMENSIONS = "dimensions";

  private final DimensionUniverse universe;
  private final ExpressionReader expressions;

  ResultSpecReader(DimensionUniverse universe, ExpressionReader expressions) {
    this.universe = universe;
    this.expressions = expressions;
  }

  ResultSpec read(WireValue spec) {
    WireValue type = spec.field("result_type");
    return switch (type.text()) {
      case "data_coordinate" ->
          new ResultSpec.DataIds(
              universe.group(spec.field(DIMENSIONS).texts()),
              spec.flag(WITH_RECORDS),
              options(spec));
      case "dimension_record" -> records(spec);
      case "dataset_ref" ->
          new ResultSpec.Refs(
              spec.field("dataset_type_name").text(),
              universe.group(spec.field(DIMENSIONS).texts()),
              spec.find("storage_class_name").map(WireValue::text).orElse(null),
              spec.flag(WITH_RECORDS),
              spec.field("find_first").bool(),
              options(spec));
      case "general" -> general(spec);
      default -> throw type.unexpected("a result type");
    };
  }

  private ResultSpec records(WireValue spec) {
    DimensionElement element = universe.element(spec.field("element").text());
    return new ResultSpec.Records(element, universe.group(element.required()), options(spec));
  }

  private ResultSpec general(WireValue spec) {
    Map<String, Set<String>> fields =
        spec.field("dimension_fields").map(list -> Set.copyOf(list.texts()));
    fields.forEach(this::checkFields);
    Map<String, Set<DatasetColumn>> datasetFields =
        spec.field("dataset_fields").map(ResultSpecReader::datasetColumns);
    boolean findFirst = spec.field("find_first").bool();
    if (findFirst && datasetFields.size() != 1) {
      throw invalid("find_first needs exactly one dataset type in the result.");
    }
    return new ResultSpec.General(
        universe.group(spec.field(DIMENSIONS).texts()),
        fields,
        datasetFields,
        spec.flag(WITH_RECORDS),
        findFirst,
        options(spec));
  }

  private void checkFields(String element, Set<String> names) {
    DimensionElement known = universe.element(element);
    for (String name : names) {
      if (known.findField(name).isEmpty()) {
        throw invalid("Dimension element '" + element + "' has no field '" + name + "'.");
      }
    }
  }

  private static Set<DatasetColumn> datasetColumns(WireValue names) {
    return names.items().stream()
        .map(ExpressionReader::datasetColumn)
        .collect(Collectors.toUnmodifiableSet());
  }

  private ResultSpec.Options options(WireValue spec) {
    List<OrderTerm> orderBy =
        spec.find("order_by").map(terms -> terms.list(expressions::orderTerm)).orElse(List.of());
    return new ResultSpec.Options(orderBy, limit(spec), spec.flag("allow_duplicate_overlaps"));
  }

  /// The `limit` of a request, null for none.
  static @Nullable Long limit(WireValue request) {
    WireValue limit = request.find("limit").orElse(null);
    if (limit == null) {
      return null;
    }
    long rows = limit.integer();
    if (rows < 0) {
      throw limit.unexpected("a limit that is not negative");
    }
    return rows;
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
