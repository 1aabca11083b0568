package equerry.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expected pairs and texts are those of the stock package (registry facts, section 3.2).
class TimespanTest {
  private static final long NOON = 1_631_188_800_000_000_000L;

  @Test
  void openEndsAreTheEndsOfTime() {
    assertThat(Timespan.between(null, null)).isEqualTo(Timespan.UNBOUNDED);
    assertThat(Timespan.between(null, NOON)).isEqualTo(new Timespan(0, NOON));
    assertThat(Timespan.between(NOON, null))
        .isEqualTo(new Timespan(NOON, 4_102_444_800_000_000_000L));
  }

  @Test
  void anInstantIsOneNanosecond() {
    assertThat(Timespan.between(NOON, NOON)).isEqualTo(new Timespan(NOON, NOON + 1));
  }

  @Test
  void whatEndsBeforeItBeginsIsTheEmptyTimespan() {
    assertThat(Timespan.between(NOON + 1, NOON)).isEqualTo(Timespan.EMPTY);
    assertThat(new Timespan(5, 5)).isEqualTo(Timespan.EMPTY);
    assertThat(Timespan.EMPTY)
        .isEqualTo(new Timespan(4_102_444_800_000_000_000L, 0))
        .hasToString("(empty)");
    assertThat(Timespan.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void endsBeyondTimeAreClamped() {
    assertThat(Timespan.between(-5L, NOON)).isEqualTo(Timespan.between(null, NOON));
    assertThat(Timespan.between(NOON, Long.MAX_VALUE)).isEqualTo(Timespan.between(NOON, null));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, Timespan.MAX_NANOS - 1, Timespan.MAX_NANOS, Long.MAX_VALUE})
  void anInstantAtTheEndsOfTimeIsRefused(long instant) {
    assertThatThrownBy(() -> Timespan.between(instant, instant))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("instant");
  }

  @Test
  void halfOpenTimespansThatTouchDoNotOverlap() {
    Timespan morning = Timespan.between(null, NOON);
    Timespan evening = Timespan.between(NOON, null);

    assertThat(morning.overlaps(evening)).isFalse();
    assertThat(evening.overlaps(morning)).isFalse();
    assertThat(morning.overlaps(Timespan.between(NOON - 1, NOON + 1))).isTrue();
    assertThat(Timespan.UNBOUNDED.overlaps(morning)).isTrue();
  }

  @Test
  void theEmptyTimespanOverlapsNothing() {
    assertThat(Timespan.EMPTY.overlaps(Timespan.UNBOUNDED)).isFalse();
    assertThat(Timespan.UNBOUNDED.overlaps(Timespan.EMPTY)).isFalse();
    assertThat(Timespan.EMPTY.overlaps(Timespan.EMPTY)).isFalse();
  }

  @Test
  void textsShowSecondsAndOpenEnds() {
    assertThat(Timespan.between(1_631_156_490_000_000_000L, null))
        .hasToString("[2021-09-09T03:01:30, ∞)");
    assertThat(Timespan.UNBOUNDED).hasToString("(-∞, ∞)");
    assertThat(Timespan.between(1_630_454_400_000_000_000L, 1_630_627_200_000_000_000L))
        .hasToString("[2021-09-01T00:00:00, 2021-09-03T00:00:00)");
  }
}
