package equerry.registry.query;

import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Literals;
import equerry.api.query.Predicate;
import equerry.api.query.Predicate.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a condition says of dimensions in every row that it keeps, and of their governors.
///
/// A condition that names a dimension must also name its governor (its key or an alternate key),
/// or the default data ID must fix it; without a condition nothing is asked. (The stock package's
/// rule: detector 4 of an unknown instrument is almost never meant.)
final class Constraints {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<String> messages = new ArrayList<>();
  private final Set<String> governorsNamed = new TreeSet<>();
  private final Set<String> governorsNeeded = new LinkedHashSet<>();
  private Predicate predicate;

  Constraints(Predicate predicate, DimensionGroup dimensions) {
    this.predicate = predicate;
    collect(predicate, false);
    References.walk(predicate, leaf -> note(leaf, dimensions));
  }

  /// Values that are the same in all rows.
  Map<String, Object> values() {
    return values;
  }

  /// Contradictions that were found.
  List<String> messages() {
    return messages;
  }

  /// The condition, with the defaults that were applied.
  Predicate predicate() {
    return predicate;
  }

  /// Collects `dimension == value` from the conjunction at the top.
  private void collect(Predicate part, boolean hasAlternatives) {
    switch (part) {
      case Predicate.And and -> and.operands().forEach(each -> collect(each, hasAlternatives));
      case Predicate.Or or ->
          or.operands().forEach(each -> collect(each, hasAlternatives || or.operands().size() > 1));
      case Predicate.Not(Predicate.Comparison c) when c.operator() == Operator.NOT_EQUAL ->
          fix(c, hasAlternatives);
      case Predicate.Comparison c when c.operator() == Operator.EQUAL -> fix(c, hasAlternatives);
      case Predicate.Not not -> {}
      case Predicate.Leaf leaf -> {}
    }
  }

  private void fix(Predicate.Comparison comparison, boolean hasAlternatives) {
    if (hasAlternatives) {
      return;
    }
    if (comparison.a() instanceof Expression.DimensionKey key
        && comparison.b() instanceof Expression.Literal literal) {
      fix(key.dimension().name(), literal.value());
    } else if (comparison.b() instanceof Expression.DimensionKey key
        && comparison.a() instanceof Expression.Literal literal) {
      fix(key.dimension().name(), literal.value());
    }
  }

  private void fix(String dimension, Object value) {
    Object before = values.putIfAbsent(dimension, value);
    if (before != null && !before.equals(value)) {
      messages.add(
          "'where' expression requires both %s=%s and %s=%s."
              .formatted(dimension, show(value), dimension, show(before)));
    }
  }

  /// A value as the stock package's messages show it.
  static String show(Object value) {
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  private void note(Expression leaf, DimensionGroup dimensions) {
    switch (leaf) {
      case Expression.DimensionKey key -> noteKey(key.dimension(), dimensions);
      case Expression.DimensionField field
          when field.element().alternateKeys().contains(field.field()) ->
          noteKey(field.element(), dimensions);
      case Expression other -> {}
    }
  }

  private void noteKey(DimensionElement element, DimensionGroup dimensions) {
    if (element.isGovernor()) {
      governorsNamed.add(element.name());
    }
    element.required().stream()
        .filter(name -> dimensions.universe().element(name).isGovernor())
        .forEach(governorsNeeded::add);
  }

  /// Adds the default values of governors that the condition leaves open.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a governor that is needed and not fixed
  void applyDefaults(DataId defaults, DimensionGroup dimensions, boolean validate) {
    Set<String> used = new LinkedHashSet<>(governorsNeeded);
    used.addAll(dimensions.governors());
    for (String governor : used) {
      if (values.containsKey(governor) || governorsNamed.contains(governor)) {
        continue;
      }
      defaults.find(governor).ifPresent(value -> applyDefault(governor, value, dimensions));
      boolean open = !values.containsKey(governor);
      if (open && governorsNeeded.contains(governor) && validate) {
        throw new ButlerException.Invalid(
            ErrorCode.INVALID_QUERY,
            "Query 'where' expression references a dimension dependent on "
                + governor
                + " without constraining it directly.");
      }
    }
  }

  private void applyDefault(String governor, Object value, DimensionGroup dimensions) {
    values.put(governor, value);
    predicate =
        predicate.and(
            new Predicate.Comparison(
                new Expression.DimensionKey(dimensions.universe().dimension(governor)),
                Operator.EQUAL,
                Literals.of(value)));
  }
}
