package equerry.api.query;

import java.util.stream.Stream;

/// How conditions are joined and inverted.
///
/// These methods are apart from [Predicate] for the sake of its constants: the records that
/// implement an interface with methods of its own initialize it, so that one thread which meets
/// [Predicate.And] first and another which meets [Predicate#TRUE] first would wait for each other.
public sealed interface PredicateAlgebra permits Predicate {
  /// Both conditions.
  default Predicate and(Predicate other) {
    Predicate self = self();
    if (self.equals(Predicate.TRUE)) {
      return other;
    }
    return other.equals(Predicate.TRUE)
        ? self
        : new Predicate.And(Stream.concat(conjuncts(self), conjuncts(other)).toList());
  }

  private Predicate self() {
    return switch (this) {
      case Predicate predicate -> predicate;
    };
  }

  private static Stream<Predicate> conjuncts(Predicate predicate) {
    return predicate instanceof Predicate.And and ? and.operands().stream() : Stream.of(predicate);
  }

  /// The opposite condition.
  default Predicate not() {
    return switch (self()) {
      case Predicate.And and ->
          new Predicate.Or(and.operands().stream().map(Predicate::not).toList());
      case Predicate.Or or ->
          new Predicate.And(or.operands().stream().map(Predicate::not).toList());
      case Predicate.Not not -> not.operand();
      case Predicate.Leaf leaf -> new Predicate.Not(leaf);
    };
  }
}
