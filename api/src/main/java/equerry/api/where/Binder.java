package equerry.api.where;

import equerry.api.ColumnType;
import equerry.api.error.DidYouMean;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.time.TimeText;
import equerry.api.time.Timespan;
import equerry.api.where.WhereSyntax.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives a tree its meaning in a query: names become columns or constants, types are checked.
///
/// Recursion is as deep as the tree, which the parser has bounded.
final class Binder {
  private final Source source;
  private final WhereContext context;
  private final NameResolver names;
  private final Functions functions;

  Binder(Source source, WhereContext context) {
    this.source = source;
    this.context = context;
    this.names = new NameResolver(context);
    this.functions = new Functions(source);
  }

  Predicate condition(WhereSyntax node) {
    if (bind(node) instanceof Bound.Condition(Predicate predicate)) {
      return predicate;
    }
    throw source.fault(
        node.position(), "'%s' is no condition; compare it with something.".formatted(shown(node)));
  }

  private Bound bind(WhereSyntax node) {
    return switch (node) {
      case WhereSyntax.And and ->
          new Bound.Condition(new Predicate.And(conditions(and.operands())));
      case WhereSyntax.Or or -> new Bound.Condition(new Predicate.Or(conditions(or.operands())));
      case WhereSyntax.Not not -> new Bound.Condition(condition(not.operand()).not());
      case WhereSyntax.Comparison comparison -> comparison(comparison);
      case WhereSyntax.In in -> membership(in);
      case WhereSyntax.Arithmetic arithmetic -> arithmetic(arithmetic);
      case WhereSyntax.Signed signed -> signed(signed);
      case WhereSyntax.Pair pair -> timespan(pair);
      case WhereSyntax.Call call -> functions.call(call, this::bind);
      case WhereSyntax.Name name -> name(name.position(), name.text());
      case WhereSyntax.Bind bind -> bind(bind);
      case WhereSyntax.Numeral numeral -> numeral(numeral);
      case WhereSyntax.Text text -> new Bound.Value(new Expression.StringLiteral(text.value()));
      case WhereSyntax.Time time ->
          new Bound.Value(
              new Expression.DateTimeLiteral(
                  source.at(time.position(), () -> TimeText.parse(time.value()))));
      case WhereSyntax.Range range -> new Bound.Interval(range);
    };
  }

  private List<Predicate> conditions(List<WhereSyntax> nodes) {
    List<Predicate> conditions = new ArrayList<>(nodes.size());
    nodes.forEach(node -> conditions.add(condition(node)));
    return conditions;
  }

  private Bound comparison(WhereSyntax.Comparison node) {
    Bound left = bind(node.left());
    Bound right = bind(node.right());
    if (left instanceof Bound.Value(Expression a) && right instanceof Bound.Value(Expression b)) {
      Predicate.Operator operator = operator(node.relation());
      return new Bound.Condition(
          source.at(node.position(), () -> new Predicate.Comparison(a, operator, b)));
    }
    boolean equality = node.relation() == Relation.EQUAL || node.relation() == Relation.NOT_EQUAL;
    if (equality) {
      Optional<Expression> tested = right instanceof Bound.Null ? nullable(left) : Optional.empty();
      if (left instanceof Bound.Null) {
        tested = nullable(right);
      }
      if (tested.isPresent()) {
        Predicate isNull = new Predicate.IsNull(tested.get());
        return new Bound.Condition(node.relation() == Relation.EQUAL ? isNull : isNull.not());
      }
    }
    throw mismatch(node, node.relation().symbol(), left, right);
  }

  /// What a comparison with NULL tests: a value or a boolean column.
  private static Optional<Expression> nullable(Bound bound) {
    return switch (bound) {
      case Bound.Value(Expression expression) -> Optional.of(expression);
      case Bound.Condition(Predicate.IsTrue(Expression column)) -> Optional.of(column);
      case Bound.Condition condition -> Optional.empty();
      case Bound.Null none -> Optional.empty();
      case Bound.Interval interval -> Optional.empty();
      case Bound.Values values -> Optional.empty();
    };
  }

  private static Predicate.Operator operator(Relation relation) {
    return switch (relation) {
      case EQUAL -> Predicate.Operator.EQUAL;
      case NOT_EQUAL -> Predicate.Operator.NOT_EQUAL;
      case LESS -> Predicate.Operator.LESS;
      case LESS_OR_EQUAL -> Predicate.Operator.LESS_OR_EQUAL;
      case GREATER -> Predicate.Operator.GREATER;
      case GREATER_OR_EQUAL -> Predicate.Operator.GREATER_OR_EQUAL;
      case OVERLAPS -> Predicate.Operator.OVERLAPS;
    };
  }

  private RuntimeException mismatch(WhereSyntax node, String operator, Bound left, Bound right) {
    return source.fault(
        node.position(),
        "Invalid types %s, %s for operator '%s' in '%s'."
            .formatted(left.kind(), right.kind(), operator, shown(node)));
  }

  private Bound membership(WhereSyntax.In node) {
    if (!(bind(node.member()) instanceof Bound.Value(Expression member))) {
      throw source.fault(
          node.position(), "'%s' is no value that IN can test.".formatted(shown(node.member())));
    }
    List<Predicate> tests = new ArrayList<>(node.items().size());
    node.items().forEach(item -> tests.add(isIn(member, item)));
    Predicate any = tests.size() == 1 ? tests.getFirst() : new Predicate.Or(tests);
    return new Bound.Condition(node.sense() == WhereSyntax.Sense.IN ? any : any.not());
  }

  private Predicate isIn(Expression member, WhereSyntax item) {
    Bound bound = bind(item);
    return source.at(
        item.position(),
        () ->
            switch (bound) {
              case Bound.Value(Expression value) ->
                  new Predicate.Comparison(member, Predicate.Operator.EQUAL, value);
              case Bound.Null none -> new Predicate.IsNull(member);
              case Bound.Values(List<Expression> items) -> new Predicate.InContainer(member, items);
              case Bound.Interval(WhereSyntax.Range range) -> inRange(member, range);
              case Bound.Condition condition ->
                  throw Functions.invalid("'%s' is no value.".formatted(shown(item)));
            });
  }

  /// Texts have ranges with their last integer, queries without.
  private static Predicate inRange(Expression member, WhereSyntax.Range range) {
    if (range.stop() == Long.MAX_VALUE) {
      throw Functions.invalid("A range must end below " + Long.MAX_VALUE + ".");
    }
    @Nullable Long stride = range.stride();
    return new Predicate.InRange(
        member, range.start(), range.stop() + 1, stride == null ? 1 : stride);
  }

  private Bound arithmetic(WhereSyntax.Arithmetic node) {
    Bound left = bind(node.left());
    Bound right = bind(node.right());
    if (left instanceof Bound.Value(Expression a) && right instanceof Bound.Value(Expression b)) {
      Expression.Arithmetic operator =
          switch (node.operation()) {
            case ADD -> Expression.Arithmetic.ADD;
            case SUBTRACT -> Expression.Arithmetic.SUBTRACT;
            case MULTIPLY -> Expression.Arithmetic.MULTIPLY;
            case DIVIDE -> Expression.Arithmetic.DIVIDE;
            case MODULO -> Expression.Arithmetic.MODULO;
          };
      return new Bound.Value(
          source.at(node.position(), () -> new Expression.Binary(operator, a, b)));
    }
    throw mismatch(node, node.operation().symbol(), left, right);
  }

  private Bound signed(WhereSyntax.Signed node) {
    Bound operand = bind(node.operand());
    if (!(operand instanceof Bound.Value(Expression value) && value.type().isNumeric())) {
      throw source.fault(
          node.position(),
          "Sign '%s' does not apply to '%s' of type %s."
              .formatted(node.sign().symbol(), shown(node.operand()), operand.kind()));
    }
    return switch (node.sign()) {
      case PLUS -> operand;
      case MINUS -> new Bound.Value(new Expression.Unary(Expression.UnaryOperator.NEGATE, value));
    };
  }

  private Bound timespan(WhereSyntax.Pair node) {
    @Nullable Long begin = instant(node.begin());
    @Nullable Long end = instant(node.end());
    return new Bound.Value(
        new Expression.TimespanLiteral(
            source.at(node.position(), () -> Timespan.between(begin, end))));
  }

  /// The TAI nanoseconds at one end of a timespan; null where it is open.
  private @Nullable Long instant(WhereSyntax node) {
    Bound bound = bind(node);
    if (bound instanceof Bound.Null) {
      return null;
    }
    if (bound instanceof Bound.Value(Expression value)
        && value instanceof Expression.DateTimeLiteral time) {
      return time.nanos();
    }
    throw source.fault(
        node.position(),
        "Invalid type %s in timespan tuple: '%s' should be a time such as T'2021-09-09 03:00:00', or NULL."
            .formatted(bound.kind(), shown(node)));
  }

  private Bound bind(WhereSyntax.Bind node) {
    if (!context.binds().containsKey(node.name())) {
      throw source.fault(
          node.position(),
          "Name %s is not in the bind map.%s"
              .formatted(
                  Source.quote(node.name()),
                  DidYouMean.sentence(node.name(), context.binds().keySet())));
    }
    return name(node.position(), node.name());
  }

  private Bound name(int position, String name) {
    if (context.binds().get(name) instanceof List<?> list) {
      return source.at(position, () -> values(name, list));
    }
    if (name.equalsIgnoreCase("null")) {
      return new Bound.Null();
    }
    Expression found = source.at(position, () -> names.resolve(name));
    return found.type() == ColumnType.BOOL
        ? new Bound.Condition(new Predicate.IsTrue(found))
        : new Bound.Value(found);
  }

  private static Bound values(String name, List<?> list) {
    List<Expression> items = list.stream().map(Expression.class::cast).toList();
    List<String> types = items.stream().map(item -> item.type().label()).distinct().toList();
    if (types.size() > 1) {
      throw Functions.invalid(
          "Mismatched types in bind iterable %s: it has a mix of %s."
              .formatted(Source.quote(name), types));
    }
    return new Bound.Values(items);
  }

  private Bound numeral(WhereSyntax.Numeral node) {
    String text = node.text();
    boolean integer = text.chars().allMatch(c -> c == '+' || c == '-' || Character.isDigit(c));
    if (!integer) {
      return new Bound.Value(new Expression.FloatLiteral(Double.parseDouble(text)));
    }
    try {
      return new Bound.Value(new Expression.IntLiteral(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      throw source.fault(
          node.position(), "Integer %s does not fit into 64 bits.".formatted(Source.quote(text)));
    }
  }

  private static String shown(WhereSyntax node) {
    return Functions.shown(node);
  }
}
