package equerry.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.UniverseFacts;
import equerry.api.error.ButlerException;
import equerry.api.query.Predicate.Operator;
import equerry.api.time.Timespan;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredicateTest {
  private final DimensionUniverse universe = UniverseFacts.universe(8);
  private final Expression visit = new Expression.DimensionKey(universe.dimension("visit"));
  private final Expression name = field("visit", "name");
  private final Expression timespan = field("visit", "timespan");
  private final Expression region = field("visit", "region");
  private final Predicate one = is(1);
  private final Predicate two = is(2);

  private Expression field(String element, String field) {
    return new Expression.DimensionField(
        universe.element(element), universe.element(element).findField(field).orElseThrow());
  }

  private Predicate is(long value) {
    return new Predicate.Comparison(visit, Operator.EQUAL, new Expression.IntLiteral(value));
  }

  @Test
  void notGoesDownToTheLeaves() {
    Predicate either = new Predicate.Or(List.of(one, new Predicate.And(List.of(two, one.not()))));

    assertThat(either.not())
        .isEqualTo(
            new Predicate.And(List.of(one.not(), new Predicate.Or(List.of(two.not(), one)))));
    assertThat(either.not().not()).isEqualTo(either);
    assertThat(Predicate.TRUE.not()).isEqualTo(Predicate.FALSE);
  }

  @Test
  void andIsFlatAndTrueIsLeftOut() {
    assertThat(one.and(two).and(one)).isEqualTo(new Predicate.And(List.of(one, two, one)));
    assertThat(Predicate.TRUE.and(one)).isEqualTo(one);
    assertThat(one.and(Predicate.TRUE)).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operator.class,
      names = {"LESS", "GREATER", "LESS_OR_EQUAL", "GREATER_OR_EQUAL"})
  void onlyOrderedTypesHaveAnOrder(Operator operator) {
    Expression time = new Expression.DateTimeLiteral(5);
    Expression ingested = new Expression.DatasetField("raw", DatasetColumn.INGEST_DATE);

    allowed(visit, operator, new Expression.FloatLiteral(1.5));
    allowed(name, operator, new Expression.StringLiteral("a"));
    allowed(ingested, operator, time);
    refused(timespan, operator, timespan);
    refused(region, operator, region);
    refused(timespan, operator, time);
    refused(
        new Expression.UuidLiteral(new UUID(1, 2)),
        operator,
        new Expression.UuidLiteral(new UUID(1, 2)));
  }

  @Test
  void overlapsIsForRegionsTimespansAndInstants() {
    Expression time = new Expression.DateTimeLiteral(5);
    Expression span = new Expression.TimespanLiteral(Timespan.UNBOUNDED);
    Expression circle =
        new Expression.BytesLiteral(ColumnType.REGION, new Expression.Bytes(new byte[] {0x63}));

    allowed(timespan, Operator.OVERLAPS, span);
    allowed(time, Operator.OVERLAPS, timespan);
    allowed(region, Operator.OVERLAPS, circle);
    refused(circle, Operator.OVERLAPS, circle);
    refused(visit, Operator.OVERLAPS, visit);
    refused(time, Operator.OVERLAPS, time);
  }

  private static void allowed(Expression a, Operator operator, Expression b) {
    assertThatCode(() -> new Predicate.Comparison(a, operator, b)).doesNotThrowAnyException();
  }

  private static void refused(Expression a, Operator operator, Expression b) {
    assertThatThrownBy(() -> new Predicate.Comparison(a, operator, b))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @Test
  void rangesHoldIntegersUpwards() {
    assertThatThrownBy(() -> new Predicate.InRange(visit, 5, 4L, 1))
        .hasMessage("Range stop must be >= start.");
    assertThatThrownBy(() -> new Predicate.InRange(visit, 5, null, 0))
        .hasMessage("Range step must be >= 1.");
    assertThatThrownBy(() -> new Predicate.InRange(name, 5, null, 1))
        .hasMessageContaining("visit.name has type string");
  }

  @Test
  void containersHoldValuesOfTheTypeOfTheMember() {
    assertThatThrownBy(() -> new Predicate.InContainer(visit, List.of(name)))
        .hasMessageStartingWith("Column types for membership test");
    assertThatThrownBy(() -> new Predicate.InContainer(timespan, List.of()))
        .hasMessageContaining("timespan");
  }

  @Test
  void onlyOrderedColumnsSort() {
    assertThatThrownBy(() -> new OrderTerm(timespan, OrderTerm.Direction.ASCENDING))
        .hasMessage("Column type timespan of visit.timespan is not ordered.");
  }
}
