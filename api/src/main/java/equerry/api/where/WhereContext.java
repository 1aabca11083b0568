package equerry.api.where;

import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.query.Literals;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the names in a `where` text can mean.
///
/// @param dimensions the dimensions of the query; bare field names are looked up in its elements
/// @param datasets names of the dataset types that are joined
/// @param binds values given beside the text, by name: an [Expression.Literal] or a `List` of them.
///     Plain Java values, and collections of them, are turned into these (see [Literals#of])
public record WhereContext(
    DimensionGroup dimensions, Set<String> datasets, Map<String, Object> binds) {

  /// @throws ButlerException.Invalid (invalid_query) for a bound value of an unknown type
  public WhereContext {
    datasets = Set.copyOf(datasets);
    Map<String, Object> copy = new LinkedHashMap<>();
    binds.forEach((name, value) -> copy.put(name, bound(value)));
    binds = Collections.unmodifiableMap(copy);
  }

  /// A context without dataset types and bound values.
  public static WhereContext of(DimensionGroup dimensions) {
    return new WhereContext(dimensions, Set.of(), Map.of());
  }

  public DimensionUniverse universe() {
    return dimensions.universe();
  }

  private static Object bound(Object value) {
    return value instanceof Collection<?> items
        ? List.copyOf(items.stream().map(Literals::of).toList())
        : Literals.of(value);
  }
}
