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
import equerry.api.query.References;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a condition says of dimensions in every row that it keeps, and of their governors.
///
/// A condition that names a dimension must also compare its governor (its key or an alternate key),
/// or the default data ID must fix it; without a condition nothing is asked. (The stock package's
/// rule: detector 4 of an unknown instrument is almost never meant. As there, only comparisons
/// count: a governor IN a bound list is open, and gets its default.)
final class Constraints {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<String> messages = new ArrayList<>();
  private final Set<String> governorsNamed = new TreeSet<>();
  private final Set<String> governorsNeeded = new LinkedHashSet<>();
  private Predicate predicate;

  Constraints(Predicate predicate, DimensionGroup dimensions) {
    this.predicate = predicate;
    collect(predicate, false);
    References.walk(predicate, leaf -> noteNeeded(leaf, dimensions));
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
      case Predicate.Not(Predicate.Comparison c) -> compare(c, Operator.NOT_EQUAL, hasAlternatives);
      case Predicate.Comparison c -> compare(c, Operator.EQUAL, hasAlternatives);
      case Predicate.Not not -> {}
      case Predicate.Leaf leaf -> {}
    }
  }

  private void compare(Predicate.Comparison comparison, Operator fixing, boolean hasAlternatives) {
    References.walk(comparison, this::noteNamed);
    if (comparison.operator() == fixing && !hasAlternatives) {
      fix(comparison);
    }
  }

  private void fix(Predicate.Comparison comparison) {
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

  private void noteNamed(Expression leaf) {
    switch (leaf) {
      case Expression.DimensionKey key when key.dimension().isGovernor() ->
          governorsNamed.add(key.dimension().name());
      case Expression.DimensionField field
          when field.element().isGovernor() && isAlternateKey(field) ->
          governorsNamed.add(field.element().name());
      case Expression other -> {}
    }
  }

  private void noteNeeded(Expression leaf, DimensionGroup dimensions) {
    switch (leaf) {
      case Expression.DimensionKey key when !key.dimension().isGovernor() ->
          noteNeeded(key.dimension(), dimensions);
      case Expression.DimensionField field when isAlternateKey(field) ->
          noteNeeded(field.element(), dimensions);
      case Expression other -> {}
    }
  }

  private static boolean isAlternateKey(Expression.DimensionField field) {
    return field.element().alternateKeys().contains(field.field());
  }

  private void noteNeeded(DimensionElement element, DimensionGroup dimensions) {
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
