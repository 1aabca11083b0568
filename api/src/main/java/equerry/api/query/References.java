package equerry.api.query;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Walks the column references of conditions and expressions.
public final class References {
  private References() {}

  /// Calls a consumer for every column reference and literal on the query's own rows.
  public static void walk(Predicate predicate, Consumer<Expression> leaf) {
    switch (predicate) {
      case Predicate.And and -> and.operands().forEach(operand -> walk(operand, leaf));
      case Predicate.Or or -> or.operands().forEach(operand -> walk(operand, leaf));
      case Predicate.Not not -> walk(not.operand(), leaf);
      case Predicate.Comparison comparison -> {
        walk(comparison.a(), leaf);
        walk(comparison.b(), leaf);
      }
      case Predicate.IsNull isNull -> walk(isNull.operand(), leaf);
      case Predicate.IsTrue isTrue -> walk(isTrue.operand(), leaf);
      case Predicate.InContainer in -> {
        walk(in.member(), leaf);
        in.container().forEach(item -> walk(item, leaf));
      }
      case Predicate.InRange in -> walk(in.member(), leaf);
      case Predicate.InQuery in -> walk(in.member(), leaf);
    }
  }

  /// Calls a consumer for every column reference and literal of an expression.
  public static void walk(Expression expression, Consumer<Expression> leaf) {
    switch (expression) {
      case Expression.Unary unary -> walk(unary.operand(), leaf);
      case Expression.Binary binary -> {
        walk(binary.a(), leaf);
        walk(binary.b(), leaf);
      }
      case Expression.DimensionKey key -> leaf.accept(key);
      case Expression.DimensionField field -> leaf.accept(field);
      case Expression.DatasetField field -> leaf.accept(field);
      case Expression.Literal literal -> leaf.accept(literal);
    }
  }

  /// The names of the dimensions that a condition mentions, which its query has to join.
  public static Set<String> dimensions(Predicate predicate) {
    Set<String> names = new LinkedHashSet<>();
    walk(
        predicate,
        leaf -> {
          switch (leaf) {
            case Expression.DimensionKey key -> names.add(key.dimension().name());
            case Expression.DimensionField field -> names.addAll(field.element().required());
            default -> {}
          }
        });
    return names;
  }
}
