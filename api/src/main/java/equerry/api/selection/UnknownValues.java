package equerry.api.selection;

import equerry.api.Butler;
import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.Predicate.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds names in a condition that no record has: an instrument, sky map, filter or band that is
/// not there makes a query silently empty.
///
/// Only dimensions with names and few records (those that clients keep in memory) are looked at.
final class UnknownValues {
  /// How many values of a dimension are compared.
  static final long MAX_VALUES = 10_000;

  private UnknownValues() {}

  /// A sentence for each value that is not there.
  static List<String> find(Butler butler, Predicate predicate) {
    Map<DimensionElement, Set<String>> asked = new LinkedHashMap<>();
    collect(predicate, asked);
    List<String> sentences = new ArrayList<>();
    asked.forEach(
        (dimension, values) -> {
          List<String> known = values(butler, dimension);
          if (known.size() < MAX_VALUES) {
            values.stream()
                .filter(value -> !known.contains(value))
                .forEach(value -> sentences.add(sentence(dimension, value, known)));
          }
        });
    return sentences;
  }

  private static String sentence(DimensionElement dimension, String value, List<String> known) {
    return "No %s '%s' in this repository.%s"
        .formatted(dimension.name(), value, DidYouMean.sentence(value, known));
  }

  private static List<String> values(Butler butler, DimensionElement dimension) {
    try {
      return Selection.of(butler).limit(MAX_VALUES).dataIds(dimension.name()).list().stream()
          .flatMap(dataId -> dataId.find(dimension.name()).stream())
          .map(String::valueOf)
          .distinct()
          .toList();
    } catch (ButlerException unknown) {
      return List.of();
    }
  }

  private static void collect(Predicate predicate, Map<DimensionElement, Set<String>> asked) {
    switch (predicate) {
      case Predicate.And and -> and.operands().forEach(each -> collect(each, asked));
      case Predicate.Or or -> or.operands().forEach(each -> collect(each, asked));
      case Predicate.Comparison c when c.operator() == Operator.EQUAL -> {
        add(c.a(), c.b(), asked);
        add(c.b(), c.a(), asked);
      }
      case Predicate.InContainer in ->
          in.container().forEach(item -> add(in.member(), item, asked));
      case Predicate.Not not -> {}
      case Predicate.Leaf leaf -> {}
    }
  }

  private static void add(
      Expression column, Expression value, Map<DimensionElement, Set<String>> asked) {
    if (column instanceof Expression.DimensionKey(DimensionElement dimension)
        && value instanceof Expression.StringLiteral(String text)
        && dimension.isCached()
        && dimension.primaryKey().type() == ColumnType.STRING) {
      asked.computeIfAbsent(dimension, d -> new LinkedHashSet<>()).add(text);
    }
  }
}
