package equerry.api.where;

import equerry.api.error.ButlerException;
import equerry.api.query.OrderTerm;
import equerry.api.query.OrderTerm.Direction;
import java.util.List;
import java.util.Map;

/// Reads what users sort by: a column as in `where` texts, after a `-` for descending order.
public final class OrderBy {
  private OrderBy() {}

  /// The terms that texts such as `-visit.id`, `timespan.begin` mean in a query; bound values do not
  /// count.
  ///
  /// @throws ButlerException.Invalid (invalid_query) for a name that is unknown or ambiguous, or a
  ///     column without an order
  public static List<OrderTerm> parse(List<String> texts, WhereContext context) {
    NameResolver names =
        new NameResolver(new WhereContext(context.dimensions(), context.datasets(), Map.of()));
    return texts.stream().map(text -> term(text, names)).toList();
  }

  private static OrderTerm term(String text, NameResolver names) {
    Direction direction = text.startsWith("-") ? Direction.DESCENDING : Direction.ASCENDING;
    String name = direction == Direction.DESCENDING ? text.substring(1) : text;
    if (name.isEmpty()) {
      throw Functions.invalid("Empty dimension name in ORDER BY.");
    }
    return new OrderTerm(names.resolve(name), direction);
  }
}
