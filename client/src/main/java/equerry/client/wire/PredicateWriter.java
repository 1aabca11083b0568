package equerry.client.wire;

import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes conditions.
final class PredicateWriter {
  private static final String TYPE = "predicate_type";
  private static final String OPERAND = "operand";
  private static final String MEMBER = "member";

  private final NormalForm forms;
  private final QueryWriter trees;

  PredicateWriter(NormalForm forms, QueryWriter trees) {
    this.forms = forms;
    this.trees = trees;
  }

  void write(JsonGenerator json, Predicate predicate) {
    json.writeStartObject();
    json.writeArrayPropertyStart("operands");
    for (List<Predicate> clause : forms.of(predicate)) {
      json.writeStartArray();
      clause.forEach(term -> writeTerm(json, term));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeTerm(JsonGenerator json, Predicate term) {
    json.writeStartObject();
    switch (term) {
      case Predicate.Not(Predicate.Leaf operand) -> {
        json.writeStringProperty(TYPE, "not");
        json.writeName(OPERAND);
        writeTerm(json, operand);
      }
      case Predicate.Leaf leaf -> writeLeaf(json, leaf);
      case Predicate.And _, Predicate.Or _ ->
          throw new IllegalStateException("No normal form has " + term);
    }
    json.writeEndObject();
  }

  private void writeLeaf(JsonGenerator json, Predicate.Leaf leaf) {
    switch (leaf) {
      case Predicate.Comparison comparison -> {
        json.writeStringProperty(TYPE, "comparison");
        ExpressionWriter.writeNamed(json, "a", comparison.a());
        ExpressionWriter.writeNamed(json, "b", comparison.b());
        json.writeStringProperty("operator", comparison.operator().label());
      }
      case Predicate.IsNull(Expression operand) -> {
        json.writeStringProperty(TYPE, "is_null");
        ExpressionWriter.writeNamed(json, OPERAND, operand);
      }
      case Predicate.IsTrue(Expression operand) -> {
        json.writeStringProperty(TYPE, "boolean_wrapper");
        ExpressionWriter.writeNamed(json, OPERAND, operand);
      }
      case Predicate.InContainer in -> {
        json.writeStringProperty(TYPE, "in_container");
        ExpressionWriter.writeNamed(json, MEMBER, in.member());
        json.writeArrayPropertyStart("container");
        in.container().forEach(item -> ExpressionWriter.write(json, item));
        json.writeEndArray();
      }
      case Predicate.InRange in -> writeRange(json, in);
      case Predicate.InQuery in -> {
        json.writeStringProperty(TYPE, "in_query");
        ExpressionWriter.writeNamed(json, MEMBER, in.member());
        ExpressionWriter.writeNamed(json, "column", in.column());
        json.writeName("query_tree");
        trees.writeTree(json, in.tree());
      }
    }
  }

  private static void writeRange(JsonGenerator json, Predicate.InRange in) {
    json.writeStringProperty(TYPE, "in_range");
    ExpressionWriter.writeNamed(json, MEMBER, in.member());
    json.writeNumberProperty("start", in.start());
    Long stop = in.stop();
    if (stop == null) {
      json.writeNullProperty("stop");
    } else {
      json.writeNumberProperty("stop", stop.longValue());
    }
    json.writeNumberProperty("step", in.step());
  }
}
