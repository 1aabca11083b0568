package equerry.client.wire;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Predicate;
import java.util.ArrayList;
import java.util.List;

/// Turns conditions into the only form that the protocol has: a list (all of) of lists (one of) of
/// leaves, each plain or inverted.
///
/// The form of an OR of ANDs is as large as the product of their sizes. The size is therefore
/// counted, which takes time linear in the condition, before anything is made.
final class NormalForm {
  private final int leaves;

  /// @param leaves how many leaves and lists a condition may have in this form
  NormalForm(int leaves) {
    this.leaves = leaves;
  }

  /// How large a form is.
  ///
  /// @param clauses the lists in it
  /// @param leaves the leaves in all of them
  private record Size(long clauses, long leaves) {
    static final Size TRUE = new Size(0, 0);
    static final Size FALSE = new Size(1, 0);
    static final Size LEAF = new Size(1, 1);

    /// Sizes stop here, so that products of two of them are still numbers of 64 bits.
    private static final long MOST = Integer.MAX_VALUE;

    Size and(Size other) {
      return new Size(
          Math.min(MOST, clauses + other.clauses), Math.min(MOST, leaves + other.leaves));
    }

    Size or(Size other) {
      return new Size(
          Math.min(MOST, clauses * other.clauses),
          Math.min(MOST, Math.min(MOST, leaves * other.clauses) + other.leaves * clauses));
    }
  }

  /// The form of a condition.
  ///
  /// @throws ButlerException.LimitExceeded (invalid_query) when it is larger than the limit
  List<List<Predicate>> of(Predicate predicate) {
    Size size = size(predicate);
    if (size.clauses() + size.leaves() > leaves) {
      throw new ButlerException.LimitExceeded(
          ErrorCode.INVALID_QUERY,
          "The condition is too large for the protocol, which joins alternatives by AND: written so"
              + " it has more than "
              + leaves
              + " parts. Ask several smaller queries, or use IN for alternatives of one column.");
    }
    return form(predicate);
  }

  private static Size size(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And and ->
          and.operands().stream().map(NormalForm::size).reduce(Size.TRUE, Size::and);
      case Predicate.Or or ->
          or.operands().stream().map(NormalForm::size).reduce(Size.FALSE, Size::or);
      case Predicate.Not _ -> Size.LEAF;
      case Predicate.Leaf _ -> Size.LEAF;
    };
  }

  private static List<List<Predicate>> form(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And and ->
          and.operands().stream().flatMap(operand -> form(operand).stream()).toList();
      case Predicate.Or or ->
          or.operands().stream()
              .map(NormalForm::form)
              .reduce(List.of(List.of()), NormalForm::distribute);
      case Predicate.Not not -> List.of(List.of(not));
      case Predicate.Leaf leaf -> List.of(List.of(leaf));
    };
  }

  private static List<List<Predicate>> distribute(
      List<List<Predicate>> left, List<List<Predicate>> right) {
    List<List<Predicate>> clauses = new ArrayList<>(left.size() * right.size());
    for (List<Predicate> first : left) {
      for (List<Predicate> second : right) {
        List<Predicate> both = new ArrayList<>(first);
        both.addAll(second);
        clauses.add(both);
      }
    }
    return clauses;
  }
}
