package equerry.api.query;

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
}
