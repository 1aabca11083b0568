package equerry.api.query;

import equerry.api.ColumnType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A condition on the rows of a query, as the user wrote it.
///
/// No normal form is made: conditions nest as deep as they were written. Negation stands only
/// around leaves; [PredicateAlgebra#not] pushes it down, in time linear in the size of the condition.
// TRUE and FALSE cannot deadlock: see PredicateAlgebra.
@SuppressWarnings("ClassInitializationDeadlock")
public sealed interface Predicate extends PredicateAlgebra {
  Predicate TRUE = new And(List.of());
  Predicate FALSE = new Or(List.of());

  /// All of the operands; true without any.
  record And(List<Predicate> operands) implements Predicate {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /// At least one of the operands; false without any.
  record Or(List<Predicate> operands) implements Predicate {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /// The opposite of a leaf. Null stays null, as in SQL.
  record Not(Leaf operand) implements Predicate {}

  /// A condition that holds no other on the same rows.
  sealed interface Leaf extends Predicate {}

  /// A comparison of two values.
  ///
  /// Types must agree, but for integers with floats, a timespan that contains an instant, and
  /// instants with ingest dates.
  record Comparison(Expression a, Operator operator, Expression b) implements Leaf {
    public Comparison {
      if (!operator.accepts(a.type(), b.type())) {
        throw invalid(
            a.type() == b.type()
                ? "Operator %s does not apply to type %s."
                    .formatted(operator.label(), a.type().label())
                : "Column types for comparison %s do not agree (%s, %s)."
                    .formatted(text(a, operator, b), a.type().label(), b.type().label()));
      }
      if (a.type() == ColumnType.REGION && !a.isColumn() && !b.isColumn()) {
        throw invalid("Spatial overlap comparison requires at least one dimension region column.");
      }
    }

    @Override
    public String toString() {
      return text(a, operator, b);
    }

    private static String text(Expression a, Operator operator, Expression b) {
      return a + " " + operator.label().toUpperCase(Locale.ROOT) + " " + b;
    }
  }

  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    GREATER(">"),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    OVERLAPS("overlaps"),
    GLOB("glob");

    private final String label;

    Operator(String label) {
      this.label = label;
    }

    /// The operator as the protocol writes it.
    public String label() {
      return label;
    }

    boolean accepts(ColumnType a, ColumnType b) {
      return switch (this) {
        case EQUAL, NOT_EQUAL ->
            comparable(a, b) && a != ColumnType.REGION && a != ColumnType.TIMESPAN;
        case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> comparable(a, b) && a.isOrdered();
        case OVERLAPS ->
            (a == ColumnType.REGION && b == ColumnType.REGION)
                || (a == ColumnType.TIMESPAN && (b == a || isInstant(b)))
                || (b == ColumnType.TIMESPAN && isInstant(a));
        case GLOB -> a == ColumnType.STRING && b == ColumnType.STRING;
      };
    }

    private static boolean comparable(ColumnType a, ColumnType b) {
      return a == b || (a.isNumeric() && b.isNumeric()) || (isInstant(a) && isInstant(b));
    }

    private static boolean isInstant(ColumnType type) {
      return type == ColumnType.DATETIME || type == ColumnType.INGEST_DATE;
    }
  }

  record IsNull(Expression operand) implements Leaf {}

  /// A boolean column that stands for itself.
  record IsTrue(Expression operand) implements Leaf {
    public IsTrue {
      if (operand.type() != ColumnType.BOOL) {
        throw invalid(
            "'" + operand + "' has type " + operand.type().label() + " and cannot be a condition.");
      }
    }
  }

  record InContainer(Expression member, List<Expression> container) implements Leaf {
    public InContainer {
      container = List.copyOf(container);
      checkMember(member);
      for (Expression item : container) {
        if (item.type() != member.type()) {
          throw invalid(
              "Column types for membership test %s IN [… %s …] do not agree (%s, %s)."
                  .formatted(member, item, member.type().label(), item.type().label()));
        }
      }
    }
  }

  /// Integers `start`, `start + step`, … below `stop`.
  record InRange(Expression member, long start, @Nullable Long stop, long step) implements Leaf {
    public InRange {
      if (member.type() != ColumnType.INT) {
        throw invalid(
            "Column %s has type %s; a range holds integers only."
                .formatted(member, member.type().label()));
      }
      if (step < 1) {
        throw invalid("Range step must be >= 1.");
      }
      if (stop != null && stop < start) {
        throw invalid("Range stop must be >= start.");
      }
    }
  }

  /// Values that a column has in the rows of another query.
  record InQuery(Expression member, Expression column, QueryTree tree) implements Leaf {
    public InQuery {
      checkMember(member);
      if (member.type() != column.type()) {
        throw invalid(
            "Column types for query membership test %s IN %s do not agree (%s, %s)."
                .formatted(member, column, member.type().label(), column.type().label()));
      }
    }
  }

  private static void checkMember(Expression member) {
    if (member.type() == ColumnType.TIMESPAN || member.type() == ColumnType.REGION) {
      throw invalid("'%s' is a %s, which IN cannot test.".formatted(member, member.type().label()));
    }
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.INVALID_QUERY, message);
  }
}
