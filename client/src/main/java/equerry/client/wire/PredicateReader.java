package equerry.client.wire;

import equerry.api.query.Predicate;
import java.util.List;
import java.util.Map;

/// Reads conditions: a list (AND) of lists (OR) of leaves, as clients send them.
final class PredicateReader {
  private static final String MEMBER = "member";
  private static final Map<String, Predicate.Operator> OPERATORS =
      ExpressionReader.byLabel(Predicate.Operator.values(), Predicate.Operator::label);

  private final ExpressionReader expressions;
  private final QueryReader trees;

  PredicateReader(ExpressionReader expressions, QueryReader trees) {
    this.expressions = expressions;
    this.trees = trees;
  }

  Predicate read(WireValue predicate) {
    List<Predicate> clauses = predicate.field("operands").list(this::clause);
    return clauses.size() == 1 ? clauses.getFirst() : new Predicate.And(clauses);
  }

  private Predicate clause(WireValue alternatives) {
    List<Predicate> leaves = alternatives.list(this::leafOrNot);
    return leaves.size() == 1 ? leaves.getFirst() : new Predicate.Or(leaves);
  }

  private Predicate leafOrNot(WireValue value) {
    return value.field("predicate_type").text().equals("not")
        ? new Predicate.Not(leaf(value.field("operand")))
        : leaf(value);
  }

  private Predicate.Leaf leaf(WireValue value) {
    WireValue type = value.field("predicate_type");
    return switch (type.text()) {
      case "comparison" ->
          new Predicate.Comparison(
              expressions.read(value.field("a")),
              ExpressionReader.label(OPERATORS, value.field("operator")),
              expressions.read(value.field("b")));
      case "is_null" -> new Predicate.IsNull(expressions.read(value.field("operand")));
      case "boolean_wrapper" -> new Predicate.IsTrue(expressions.read(value.field("operand")));
      case "in_container" ->
          new Predicate.InContainer(
              expressions.read(value.field(MEMBER)),
              value.field("container").list(expressions::read));
      case "in_range" ->
          new Predicate.InRange(
              expressions.read(value.field(MEMBER)),
              value.find("start").map(WireValue::integer).orElse(0L),
              value.find("stop").map(WireValue::integer).orElse(null),
              value.find("step").map(WireValue::integer).orElse(1L));
      case "in_query" ->
          new Predicate.InQuery(
              expressions.read(value.field(MEMBER)),
              expressions.read(value.field("column")),
              trees.tree(value.field("query_tree")));
      default -> throw type.unexpected("a predicate type");
    };
  }
}
