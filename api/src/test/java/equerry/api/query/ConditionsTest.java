package equerry.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.UniverseFacts;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private final DimensionUniverse universe = UniverseFacts.universe(8);

  @Test
  void everyDimensionHasTheValueGiven() {
    Map<String, Object> dataId = new LinkedHashMap<>();
    dataId.put("instrument", "Cam1");
    dataId.put("detector", 2);

    assertThat(Conditions.ofDataId(universe, dataId))
        .isEqualTo(
            new Predicate.And(
                List.of(
                    equal("instrument", new Expression.StringLiteral("Cam1")),
                    equal("detector", new Expression.IntLiteral(2)))));
  }

  private Predicate equal(String dimension, Expression value) {
    return new Predicate.Comparison(
        new Expression.DimensionKey(universe.dimension(dimension)),
        Predicate.Operator.EQUAL,
        value);
  }

  @Test
  void anEmptyDataIdIsNoCondition() {
    assertThat(Conditions.ofDataId(universe, Map.of())).isEqualTo(Predicate.TRUE);
  }

  /// The text is the stock package's for `query.where(detector="Aa")`.
  @Test
  void aValueOfTheWrongTypeIsRefused() {
    assertThatThrownBy(() -> Conditions.ofDataId(universe, Map.of("detector", "Aa")))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY))
        .hasMessage("Column types for comparison detector == 'Aa' do not agree (int, string).");
    assertThatThrownBy(() -> Conditions.ofDataId(universe, Map.of("detector", List.of(1))))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @Test
  void nullIsRefused() {
    Map<String, Object> dataId = new LinkedHashMap<>();
    dataId.put("detector", null);

    assertThatThrownBy(() -> Conditions.ofDataId(universe, dataId))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("null");
  }

  @Test
  void aKeyThatIsNoDimensionIsRefusedWithTheNearestOne() {
    for (String key : Arrays.asList("detecter", "detector.raft", "visit_detector_region")) {
      assertThatThrownBy(() -> Conditions.ofDataId(universe, Map.of(key, 1)))
          .isInstanceOfSatisfying(
              ButlerException.Invalid.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DIMENSION_NAME))
          .hasMessageStartingWith("No dimension with name '" + key + "'.");
    }
    assertThatThrownBy(() -> Conditions.ofDataId(universe, Map.of("detecter", 1)))
        .hasMessageEndingWith(" Did you mean 'detector'?");
  }
}
