package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.OrderTerm;
import equerry.api.query.Predicate;
import equerry.api.query.Predicate.Operator;
import equerry.api.query.QueryTree;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Writes conditions and expressions over the columns of a statement.
final class PredicateSql {
  private final Flavor flavor;
  private final IngestDates ingestDates;
  private final Map<LogicalColumn, SqlValue> columns;
  private final BiFunction<QueryTree, Expression, Select<?>> subqueries;

  /// @param columns what the statement has
  /// @param subqueries makes a SELECT of one expression over the rows of another query
  PredicateSql(
      Flavor flavor,
      IngestDates ingestDates,
      Map<LogicalColumn, SqlValue> columns,
      BiFunction<QueryTree, Expression, Select<?>> subqueries) {
    this.flavor = flavor;
    this.ingestDates = ingestDates;
    this.columns = columns;
    this.subqueries = subqueries;
  }

  Condition condition(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And and -> Balanced.and(and.operands().stream().map(this::condition).toList());
      case Predicate.Or or -> or(or);
      case Predicate.Not not -> DSL.not(condition(not.operand()));
      case Predicate.Comparison comparison -> comparison(comparison);
      case Predicate.IsNull isNull ->
          isNull.operand().type() == ColumnType.TIMESPAN
              ? flavor.isNull(timespan(isNull.operand()))
              : scalar(isNull.operand()).isNull();
      case Predicate.IsTrue isTrue -> DSL.condition("{0}", scalar(isTrue.operand()));
      case Predicate.InContainer in -> inContainer(in);
      case Predicate.InRange in -> inRange(in);
      case Predicate.InQuery in ->
          DSL.condition(
              "{0} IN ({1})", scalar(in.member()), subqueries.apply(in.tree(), in.column()));
    };
  }

  private Condition comparison(Predicate.Comparison comparison) {
    Expression a = comparison.a();
    Expression b = comparison.b();
    return switch (comparison.operator()) {
      case EQUAL -> compare(a, "=", b);
      case NOT_EQUAL -> compare(a, "<>", b);
      case LESS -> compare(a, "<", b);
      case GREATER -> compare(a, ">", b);
      case LESS_OR_EQUAL -> compare(a, "<=", b);
      case GREATER_OR_EQUAL -> compare(a, ">=", b);
      case OVERLAPS -> overlaps(a, b);
      case GLOB -> glob(a, b);
    };
  }

  private Condition compare(Expression a, String operator, Expression b) {
    boolean ingest = a.type() == ColumnType.INGEST_DATE || b.type() == ColumnType.INGEST_DATE;
    Field<?> left = ingest ? ingestScalar(a) : scalar(a);
    Field<?> right = ingest ? ingestScalar(b) : scalar(b);
    return DSL.condition("{0} " + operator + " {1}", left, right);
  }

  /// An ingest date, or an instant as this repository's ingest dates are kept.
  private Field<?> ingestScalar(Expression expression) {
    if (ingestDates == IngestDates.TAI_NANOS || expression.type() == ColumnType.INGEST_DATE) {
      return scalar(expression);
    }
    if (expression instanceof Expression.DateTimeLiteral literal) {
      return flavor.utcTimestamp(literal.nanos());
    }
    throw new ButlerException.Invalid(
        ErrorCode.UNIMPLEMENTED_QUERY,
        "Ingest dates of this repository can be compared with literal times only, not with '"
            + expression
            + "'.");
  }

  private Condition overlaps(Expression a, Expression b) {
    if (a.type() == ColumnType.TIMESPAN && b.type() == ColumnType.TIMESPAN) {
      return flavor.overlaps(timespan(a), timespan(b));
    }
    if (a.type() == ColumnType.TIMESPAN) {
      return flavor.contains(timespan(a), instant(b));
    }
    if (b.type() == ColumnType.TIMESPAN) {
      return flavor.contains(timespan(b), instant(a));
    }
    throw new ButlerException.Invalid(
        ErrorCode.UNIMPLEMENTED_QUERY, "Overlaps of regions are not supported in this place.");
  }

  private Field<?> instant(Expression expression) {
    if (expression.type() == ColumnType.INGEST_DATE && ingestDates != IngestDates.TAI_NANOS) {
      throw new ButlerException.Invalid(
          ErrorCode.UNIMPLEMENTED_QUERY,
          "Ingest dates of this repository cannot be compared with timespans.");
    }
    return scalar(expression);
  }

  private Condition glob(Expression text, Expression pattern) {
    if (!(pattern instanceof Expression.StringLiteral literal)) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY,
          "The pattern of a glob must be a literal, not '" + pattern + "'.");
    }
    return literal.text().equals("*")
        ? DSL.trueCondition()
        : flavor.glob(scalar(text), literal.text());
  }

  /// Alternatives; values that one column may have become one list, since databases do not take
  /// thousands of alternatives.
  private Condition or(Predicate.Or or) {
    Map<Expression, List<Object>> lists = new LinkedHashMap<>();
    List<Condition> others = new ArrayList<>();
    for (Predicate operand : or.operands()) {
      if (operand instanceof Predicate.Comparison(Expression column, Operator operator, var value)
          && operator == Operator.EQUAL
          && isListed(column, value)) {
        lists
            .computeIfAbsent(column, key -> new ArrayList<>())
            .add(((Expression.Literal) value).value());
      } else {
        others.add(condition(operand));
      }
    }
    lists.forEach((column, values) -> others.add(among(scalar(column), values)));
    return Balanced.or(others);
  }

  /// Whether a value can stand in a list of its column's type.
  private static boolean isListed(Expression column, Expression value) {
    boolean plain =
        value instanceof Expression.IntLiteral || value instanceof Expression.StringLiteral;
    return plain && column.isColumn() && column.type() == value.type();
  }

  private Condition among(Field<?> member, List<Object> values) {
    return values.size() == 1
        ? DSL.condition("{0} = {1}", member, DSL.val(values.getFirst()))
        : flavor.among(member, values);
  }

  private Condition inContainer(Predicate.InContainer in) {
    if (in.container().isEmpty()) {
      return DSL.falseCondition();
    }
    boolean plain = in.container().stream().allMatch(item -> isListed(in.member(), item));
    if (plain) {
      return among(
          scalar(in.member()),
          in.container().stream().map(item -> ((Expression.Literal) item).value()).toList());
    }
    List<Field<?>> items = new ArrayList<>();
    in.container().forEach(item -> items.add(scalar(item)));
    return DSL.condition("{0} IN ({1})", scalar(in.member()), DSL.list(items));
  }

  private Condition inRange(Predicate.InRange in) {
    Field<?> member = scalar(in.member());
    Condition bounds = DSL.condition("{0} >= {1}", member, DSL.val(in.start()));
    Long stop = in.stop();
    if (stop != null) {
      bounds =
          DSL.condition("{0} BETWEEN {1} AND {2}", member, DSL.val(in.start()), DSL.val(stop - 1));
    }
    return in.step() == 1
        ? bounds
        : bounds.and(
            DSL.condition(
                "{0} % {1} = {2}",
                member, DSL.val(in.step()), DSL.val(Math.floorMod(in.start(), in.step()))));
  }

  SortField<?> order(OrderTerm term) {
    Field<?> field =
        term.expression().type() == ColumnType.TIMESPAN
            ? timespan(term.expression()).scalar()
            : scalar(term.expression());
    return term.direction() == OrderTerm.Direction.ASCENDING ? field.asc() : field.desc();
  }

  Field<?> scalar(Expression expression) {
    return switch (expression) {
      case Expression.DimensionKey key ->
          column(new LogicalColumn.Key(key.dimension().name()), expression).scalar();
      case Expression.DimensionField field ->
          column(new LogicalColumn.Field(field.element(), field.field()), expression).scalar();
      case Expression.DatasetField field ->
          column(new LogicalColumn.Dataset(field.datasetType(), field.field()), expression)
              .scalar();
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Literal literal -> literal(literal);
    };
  }

  private Field<?> unary(Expression.Unary unary) {
    return switch (unary.operator()) {
      case NEGATE -> Flavor.field("(-{0})", scalar(unary.operand()));
      case BEGIN_OF -> flavor.begin(timespan(unary.operand()));
      case END_OF -> flavor.end(timespan(unary.operand()));
    };
  }

  private Field<?> binary(Expression.Binary binary) {
    Field<?> a = scalar(binary.a());
    Field<?> b = scalar(binary.b());
    return binary.operator() == Expression.Arithmetic.DIVIDE
        ? flavor.divide(a, b)
        : Flavor.field("({0} " + binary.operator().label() + " {1})", a, b);
  }

  private Field<?> literal(Expression.Literal literal) {
    return switch (literal) {
      case Expression.IntLiteral number -> DSL.val(number.number());
      case Expression.FloatLiteral number -> DSL.val(number.number());
      case Expression.StringLiteral text -> DSL.val(text.text());
      case Expression.UuidLiteral uuid -> flavor.uuidLiteral(uuid.id());
      case Expression.DateTimeLiteral time -> DSL.val(time.nanos());
      case Expression.BytesLiteral bytes ->
          DSL.val(Base64.getEncoder().encodeToString(bytes.bytes().content()));
      case Expression.TimespanLiteral timespan ->
          throw new ButlerException.Invalid(
              ErrorCode.INVALID_QUERY, "A timespan (" + timespan + ") cannot be used here.");
    };
  }

  private SqlValue timespan(Expression expression) {
    return switch (expression) {
      case Expression.DimensionField field ->
          column(new LogicalColumn.Field(field.element(), field.field()), expression);
      case Expression.DatasetField field ->
          column(new LogicalColumn.Dataset(field.datasetType(), field.field()), expression);
      case Expression.TimespanLiteral literal -> flavor.timespanLiteral(literal.timespan());
      case Expression other ->
          throw new ButlerException.Invalid(
              ErrorCode.INVALID_QUERY, "'" + other + "' is not a timespan.");
    };
  }

  private SqlValue column(LogicalColumn column, Expression expression) {
    @Nullable SqlValue value = columns.get(column);
    if (value == null) {
      throw new ButlerException.Invalid(
          ErrorCode.INVALID_QUERY, "'" + expression + "' is not part of this query.");
    }
    return value;
  }
}
