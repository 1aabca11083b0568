package equerry.api.query;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.DidYouMean;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes conditions from other things than text.
public final class Conditions {
  private Conditions() {}

  /// Every dimension of a data ID has the value there.
  ///
  /// Values may be of any type that [Literals#of] takes; one that does not fit its dimension, such
  /// as `detector: "Aa"`, is an error, never a condition that no row meets.
  ///
  /// @throws ButlerException.Invalid (dimension_name) for a key that is no dimension, (invalid_query)
  ///     for a value of the wrong type
  public static Predicate ofDataId(
      DimensionUniverse universe, Map<String, ? extends @Nullable Object> dataId) {
    List<Predicate> terms = new ArrayList<>();
    dataId.forEach(
        (name, value) -> {
          if (!universe.hasDimension(name)) {
            throw unknown(universe, name);
          }
          terms.add(
              new Predicate.Comparison(
                  new Expression.DimensionKey(universe.dimension(name)),
                  Predicate.Operator.EQUAL,
                  Literals.of(value)));
        });
    return terms.size() == 1 ? terms.getFirst() : new Predicate.And(terms);
  }

  private static ButlerException.Invalid unknown(DimensionUniverse universe, String name) {
    List<String> known =
        universe.elements().stream().filter(e -> e.isDimension()).map(e -> e.name()).toList();
    return new ButlerException.Invalid(
        ErrorCode.DIMENSION_NAME,
        "No dimension with name '" + name + "'." + DidYouMean.sentence(name, known));
  }
}
