package equerry.client.wire;

import equerry.api.ColumnType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.time.Timespan;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes column expressions, which carry their kind in `expression_type`.
final class ExpressionWriter {
  private static final String TYPE = "expression_type";
  private static final String VALUE = "value";
  private static final String OPERATOR = "operator";
  private static final String OPERAND = "operand";

  private ExpressionWriter() {}

  static void write(JsonGenerator json, Expression expression) {
    json.writeStartObject();
    switch (expression) {
      case Expression.DimensionKey key -> {
        json.writeStringProperty(TYPE, "dimension_key");
        json.writeStringProperty("dimension", key.dimension().name());
      }
      case Expression.DimensionField field -> {
        json.writeStringProperty(TYPE, "dimension_field");
        json.writeStringProperty("element", field.element().name());
        json.writeStringProperty("field", field.field().name());
      }
      case Expression.DatasetField field -> {
        json.writeStringProperty(TYPE, "dataset_field");
        json.writeStringProperty("dataset_type", field.datasetType());
        json.writeStringProperty("field", field.field().label());
      }
      case Expression.Unary unary -> {
        json.writeStringProperty(TYPE, "unary");
        writeNamed(json, OPERAND, unary.operand());
        json.writeStringProperty(OPERATOR, unary.operator().label());
      }
      case Expression.Binary binary -> {
        json.writeStringProperty(TYPE, "binary");
        writeNamed(json, "a", binary.a());
        writeNamed(json, "b", binary.b());
        json.writeStringProperty(OPERATOR, binary.operator().label());
      }
      case Expression.Literal literal -> writeLiteral(json, literal);
    }
    json.writeEndObject();
  }

  static void writeNamed(JsonGenerator json, String name, Expression expression) {
    json.writeName(name);
    write(json, expression);
  }

  static void writeLiterals(JsonGenerator json, Map<String, Expression.Literal> literals) {
    json.writeStartObject();
    literals.forEach((name, literal) -> writeNamed(json, name, literal));
    json.writeEndObject();
  }

  private static void writeLiteral(JsonGenerator json, Expression.Literal literal) {
    switch (literal) {
      case Expression.IntLiteral(long number) -> {
        json.writeStringProperty(TYPE, "int");
        json.writeNumberProperty(VALUE, number);
      }
      case Expression.FloatLiteral(double number) -> {
        json.writeStringProperty(TYPE, "float");
        json.writeNumberProperty(VALUE, finite(number));
      }
      case Expression.StringLiteral(String text) -> {
        json.writeStringProperty(TYPE, "string");
        json.writeStringProperty(VALUE, text);
      }
      case Expression.UuidLiteral uuid -> {
        json.writeStringProperty(TYPE, "uuid");
        json.writeStringProperty(VALUE, uuid.id().toString());
      }
      case Expression.DateTimeLiteral(long nanos) -> {
        json.writeStringProperty(TYPE, "datetime");
        json.writeNumberProperty("nsec", nanos);
      }
      case Expression.TimespanLiteral(Timespan timespan) -> {
        json.writeStringProperty(TYPE, "timespan");
        json.writeNumberProperty("begin_nsec", timespan.beginNanos());
        json.writeNumberProperty("end_nsec", timespan.endNanos());
      }
      case Expression.BytesLiteral bytes -> {
        json.writeStringProperty(TYPE, bytes.type() == ColumnType.REGION ? "region" : "hash");
        json.writeStringProperty(
            "encoded", Base64.getEncoder().encodeToString(bytes.bytes().content()));
      }
    }
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "A query has " + number + " as a value, which the protocol cannot carry.");
    }
    return number;
  }

  /// Writes a sort key: an expression, in a `reversed` one for a descending order.
  static void writeOrder(JsonGenerator json, OrderTerm term) {
    switch (term.direction()) {
      case ASCENDING -> write(json, term.expression());
      case DESCENDING -> {
        json.writeStartObject();
        json.writeStringProperty(TYPE, "reversed");
        writeNamed(json, OPERAND, term.expression());
        json.writeEndObject();
      }
    }
  }
}
