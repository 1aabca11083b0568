package equerry.client.wire;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.time.Timespan;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads column expressions, which carry their kind in `expression_type`.
final class ExpressionReader {
  private static final String VALUE = "value";
  private static final String OPERAND = "operand";
  private static final Map<String, Expression.UnaryOperator> UNARY =
      byLabel(Expression.UnaryOperator.values(), Expression.UnaryOperator::label);
  private static final Map<String, Expression.Arithmetic> ARITHMETIC =
      byLabel(Expression.Arithmetic.values(), Expression.Arithmetic::label);
  private static final Map<String, DatasetColumn> DATASET_COLUMNS =
      byLabel(DatasetColumn.values(), DatasetColumn::label);

  private final DimensionUniverse universe;

  ExpressionReader(DimensionUniverse universe) {
    this.universe = universe;
  }

  static <T> Map<String, T> byLabel(T[] values, Function<T, String> label) {
    return Stream.of(values).collect(Collectors.toUnmodifiableMap(label, Function.identity()));
  }

  Expression read(WireValue value) {
    WireValue type = value.field("expression_type");
    return switch (type.text()) {
      case "dimension_key" ->
          new Expression.DimensionKey(universe.dimension(value.field("dimension").text()));
      case "dimension_field" -> dimensionField(value);
      case "dataset_field" -> datasetField(value);
      case "unary" ->
          new Expression.Unary(label(UNARY, value.field("operator")), read(value.field(OPERAND)));
      case "binary" ->
          new Expression.Binary(
              label(ARITHMETIC, value.field("operator")),
              read(value.field("a")),
              read(value.field("b")));
      default ->
          findLiteral(value, type.text()).orElseThrow(() -> type.unexpected("an expression type"));
    };
  }

  /// Reads an expression that must be a constant.
  Expression.Literal literal(WireValue value) {
    WireValue type = value.field("expression_type");
    return findLiteral(value, type.text())
        .orElseThrow(() -> type.unexpected("the expression type of a literal"));
  }

  /// Reads a sort key: an expression, or a `reversed` one.
  OrderTerm orderTerm(WireValue value) {
    return value.field("expression_type").text().equals("reversed")
        ? new OrderTerm(read(value.field(OPERAND)), OrderTerm.Direction.DESCENDING)
        : new OrderTerm(read(value), OrderTerm.Direction.ASCENDING);
  }

  static <T> T label(Map<String, T> known, WireValue value) {
    T found = known.get(value.text());
    if (found == null) {
      throw value.unexpected("one of " + known.keySet().stream().sorted().toList());
    }
    return found;
  }

  private Expression dimensionField(WireValue value) {
    DimensionElement element = universe.element(value.field("element").text());
    String field = value.field("field").text();
    return new Expression.DimensionField(
        element,
        element
            .findField(field)
            .orElseThrow(
                () ->
                    new ButlerException.Invalid(
                        ErrorCode.INVALID_QUERY,
                        "Dimension element '" + element + "' has no field '" + field + "'.")));
  }

  private static Expression datasetField(WireValue value) {
    WireValue type = value.field("dataset_type");
    if (type.isNumber()) {
      throw QueryReader.anyDataset();
    }
    return new Expression.DatasetField(type.text(), datasetColumn(value.field("field")));
  }

  static DatasetColumn datasetColumn(WireValue field) {
    DatasetColumn column = DATASET_COLUMNS.get(field.text());
    if (column == null) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY, "Datasets have no field '" + field.text() + "'.");
    }
    return column;
  }

  private static Optional<Expression.Literal> findLiteral(WireValue value, String type) {
    return switch (type) {
      case "int" -> Optional.of(new Expression.IntLiteral(value.field(VALUE).integer()));
      case "float" -> Optional.of(new Expression.FloatLiteral(value.field(VALUE).number()));
      case "string" -> Optional.of(new Expression.StringLiteral(value.field(VALUE).text()));
      case "uuid" -> Optional.of(new Expression.UuidLiteral(value.field(VALUE).uuid()));
      case "datetime" -> Optional.of(new Expression.DateTimeLiteral(value.field("nsec").integer()));
      case "timespan" ->
          Optional.of(
              new Expression.TimespanLiteral(
                  timespan(
                      value.field("begin_nsec").integer(), value.field("end_nsec").integer())));
      case "hash" -> Optional.of(bytes(ColumnType.HASH, value.field("encoded")));
      case "region" -> Optional.of(bytes(ColumnType.REGION, value.field("encoded")));
      default -> Optional.empty();
    };
  }

  /// The timespan of a pair as it was sent; all pairs without an instant are the same.
  static Timespan timespan(long begin, long end) {
    return begin < end ? new Timespan(begin, end) : Timespan.EMPTY;
  }

  private static Expression.Literal bytes(ColumnType type, WireValue encoded) {
    try {
      byte[] content = Base64.getDecoder().decode(encoded.text());
      return new Expression.BytesLiteral(type, new Expression.Bytes(content));
    } catch (IllegalArgumentException e) {
      throw encoded.unexpected("base64");
    }
  }
}
