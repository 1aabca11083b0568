package equerry.api.selection;

import equerry.api.dimension.DimensionGroup;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import java.util.LinkedHashSet;
import java.util.Set;

/// Collects the dimensions that a condition names; a query must join them.
final class MentionedDimensions {
  private final Set<String> names = new LinkedHashSet<>();

  private MentionedDimensions() {}

  /// A group with the dimensions of a condition.
  static DimensionGroup of(Predicate predicate, DimensionGroup joined) {
    MentionedDimensions mentioned = new MentionedDimensions();
    mentioned.addAll(predicate);
    return joined.union(joined.universe().group(mentioned.names));
  }

  private void addAll(Predicate predicate) {
    switch (predicate) {
      case Predicate.And and -> and.operands().forEach(this::addAll);
      case Predicate.Or or -> or.operands().forEach(this::addAll);
      case Predicate.Not not -> addAll(not.operand());
      case Predicate.Comparison comparison -> {
        add(comparison.a());
        add(comparison.b());
      }
      case Predicate.IsNull test -> add(test.operand());
      case Predicate.IsTrue test -> add(test.operand());
      case Predicate.InContainer test -> {
        add(test.member());
        test.container().forEach(this::add);
      }
      case Predicate.InRange test -> add(test.member());
      case Predicate.InQuery test -> add(test.member());
    }
  }

  private void add(Expression expression) {
    switch (expression) {
      case Expression.DimensionKey key -> names.add(key.dimension().name());
      case Expression.DimensionField field -> names.addAll(field.element().required());
      case Expression.Unary unary -> add(unary.operand());
      case Expression.Binary binary -> {
        add(binary.a());
        add(binary.b());
      }
      case Expression.DatasetField field -> {}
      case Expression.Literal literal -> {}
    }
  }
}
