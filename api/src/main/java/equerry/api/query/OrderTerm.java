package equerry.api.query;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;

/// A key to sort by.
///
/// @param expression what to sort by
/// @param direction which way
public record OrderTerm(Expression expression, Direction direction) {
  /// The way of a sort.
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  public OrderTerm {
    if (!expression.type().isOrdered()) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "Column type " + expression.type().label() + " of " + expression + " is not ordered.");
    }
  }
}
