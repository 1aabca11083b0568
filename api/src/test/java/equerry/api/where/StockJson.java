package equerry.api.where;

import equerry.api.ColumnType;
import equerry.api.query.Expression;
import equerry.api.query.Literals;
import equerry.api.query.OrderTerm;
import equerry.api.query.Predicate;
import equerry.api.time.Timespan;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes conditions as the stock package dumps them, in conjunctive normal form, for comparison.
final class StockJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private StockJson() {}

  /// The `operands` of a condition: an AND of ORs of leaves.
  static JsonNode operands(Predicate predicate) {
    return tree(normal(predicate));
  }

  static JsonNode term(OrderTerm term) {
    Map<String, Object> expression = expression(term.expression());
    return tree(
        switch (term.direction()) {
          case ASCENDING -> expression;
          case DESCENDING -> node("expression_type", "reversed", "operand", expression);
        });
  }

  private static JsonNode tree(Object value) {
    return MAPPER.readTree(MAPPER.writeValueAsString(value));
  }

  private static List<List<Object>> normal(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And and ->
          and.operands().stream().flatMap(operand -> normal(operand).stream()).toList();
      case Predicate.Or or -> {
        List<List<Object>> product = List.of(List.of());
        for (Predicate operand : or.operands()) {
          product = product(product, normal(operand));
        }
        yield product;
      }
      case Predicate.Not not ->
          List.of(List.of(node("predicate_type", "not", "operand", leaf(not.operand()))));
      case Predicate.Leaf leaf -> List.of(List.of(leaf(leaf)));
    };
  }

  private static List<List<Object>> product(List<List<Object>> a, List<List<Object>> b) {
    List<List<Object>> product = new ArrayList<>();
    for (List<Object> left : a) {
      for (List<Object> right : b) {
        List<Object> clause = new ArrayList<>(left);
        clause.addAll(right);
        product.add(clause);
      }
    }
    return product;
  }

  private static Map<String, Object> leaf(Predicate.Leaf leaf) {
    return switch (leaf) {
      case Predicate.Comparison(Expression a, Predicate.Operator operator, Expression b) ->
          node(
              "predicate_type", "comparison",
              "a", expression(a),
              "b", expression(b),
              "operator", operator.label());
      case Predicate.IsNull(Expression operand) ->
          node("predicate_type", "is_null", "operand", expression(operand));
      case Predicate.IsTrue(Expression operand) ->
          node("predicate_type", "boolean_wrapper", "operand", expression(operand));
      case Predicate.InContainer(Expression member, List<Expression> container) ->
          node(
              "predicate_type", "in_container",
              "member", expression(member),
              "container", container.stream().map(StockJson::expression).toList());
      case Predicate.InRange(Expression member, long start, Long stop, long step) ->
          node(
              "predicate_type",
              "in_range",
              "member",
              expression(member),
              "start",
              start,
              "stop",
              Objects.requireNonNull(stop),
              "step",
              step);
      case Predicate.InQuery query -> throw new IllegalArgumentException("No text makes " + query);
    };
  }

  private static Map<String, Object> expression(Expression expression) {
    String type = "expression_type";
    return switch (expression) {
      case Expression.DimensionKey key ->
          node(type, "dimension_key", "dimension", key.dimension().name());
      case Expression.DimensionField field ->
          node(
              type,
              "dimension_field",
              "element",
              field.element().name(),
              "field",
              field.field().name());
      case Expression.DatasetField field ->
          node(
              type,
              "dataset_field",
              "dataset_type",
              field.datasetType(),
              "field",
              field.field().label());
      case Expression.IntLiteral literal -> node(type, "int", "value", literal.number());
      case Expression.FloatLiteral literal -> node(type, "float", "value", literal.number());
      case Expression.StringLiteral literal -> node(type, "string", "value", literal.text());
      case Expression.UuidLiteral literal -> node(type, "uuid", "value", literal.id().toString());
      case Expression.DateTimeLiteral literal -> node(type, "datetime", "nsec", literal.nanos());
      case Expression.TimespanLiteral literal ->
          node(
              type,
              "timespan",
              "begin_nsec",
              literal.timespan().beginNanos(),
              "end_nsec",
              literal.timespan().endNanos());
      case Expression.BytesLiteral literal ->
          node(
              type,
              literal.type().label(),
              "encoded",
              Base64.getEncoder().encodeToString(literal.bytes().content()));
      case Expression.Unary unary ->
          node(
              type,
              "unary",
              "operand",
              expression(unary.operand()),
              "operator",
              unary.operator().label());
      case Expression.Binary binary ->
          node(
              type,
              "binary",
              "a",
              expression(binary.a()),
              "b",
              expression(binary.b()),
              "operator",
              binary.operator().label());
    };
  }

  private static Map<String, Object> node(Object... entries) {
    Map<String, Object> node = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      node.put((String) entries[i], entries[i + 1]);
    }
    return node;
  }

  /// A bound value: a literal or a list of them.
  static Object bind(JsonNode json) {
    return json.isArray()
        ? StreamSupport.stream(json.spliterator(), false).map(StockJson::bind).toList()
        : literal(json);
  }

  private static Expression.Literal literal(JsonNode json) {
    @Nullable JsonNode value = json.get("value");
    return switch (json.get("expression_type").stringValue()) {
      case "int" -> Literals.of(value.longValue());
      case "float" -> Literals.of(value.doubleValue());
      case "string" -> Literals.of(value.stringValue());
      case "uuid" -> Literals.of(UUID.fromString(value.stringValue()));
      case "datetime" -> new Expression.DateTimeLiteral(json.get("nsec").longValue());
      case "timespan" ->
          Literals.of(
              new Timespan(json.get("begin_nsec").longValue(), json.get("end_nsec").longValue()));
      case "hash" ->
          new Expression.BytesLiteral(
              ColumnType.HASH,
              new Expression.Bytes(Base64.getDecoder().decode(json.get("encoded").stringValue())));
      default -> throw new IllegalArgumentException(json.toString());
    };
  }
}
