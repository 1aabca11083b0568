package equerry.api.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Predicate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class WhereLimitsTest {
  private static final WhereContext CONTEXT =
      WhereContext.of(WhereFact.UNIVERSE.group(List.of("exposure")));

  @Test
  void aTextOfTooManyCharactersIsRefused() {
    WhereLimits limits = new WhereLimits(12, 100, 100);

    assertThatCode(() -> Where.parse("exposure = 1", limits)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Where.parse("exposure = 12", limits))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("13 characters")
        .hasMessageContaining("where.characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((exposure = 1))",
        "NOT NOT exposure = 1",
        "--1 = exposure",
        "1 + 2 + 3 + 4 = exposure",
        "f(f(f(1)))",
        "exposure = ((1))"
      })
  void aTextThatNestsTooDeepIsRefused(String text) {
    assertThatCode(() -> Where.parse(text, new WhereLimits(100, 5, 100)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Where.parse(text, new WhereLimits(100, 3, 100)))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("3 levels")
        .hasMessageContaining("where.nesting");
  }

  @Test
  void aTextOfTooManyOperandsIsRefused() {
    WhereLimits limits = new WhereLimits(100, 100, 4);

    assertThatCode(() -> Where.parse("exposure IN (1, 2, 3)", limits)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Where.parse("exposure IN (1, 2, 3, 4)", limits))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("4 operands")
        .hasMessageContaining("where.operands");
  }

  static List<String> hostileTexts() {
    return List.of(
        "(".repeat(10_000),
        "(".repeat(10_000) + "exposure = 1" + ")".repeat(10_000),
        "NOT ".repeat(10_000) + "exposure = 1",
        "exposure = " + "-".repeat(10_000) + "1",
        "exposure = 1" + "+1".repeat(10_000),
        "f(".repeat(10_000),
        "exposure IN (".repeat(10_000),
        "a".repeat(1_000_000),
        "a".repeat(400_000),
        "9".repeat(400_000),
        "exposure = " + "9".repeat(400_000),
        "exposure = 1e" + "9".repeat(400_000) + "x",
        "1" + " ".repeat(400_000) + ".",
        "1 ".repeat(200_000),
        "a.".repeat(200_000),
        "exposure = " + ":".repeat(10_000),
        "'" + "x".repeat(400_000),
        "T'" + "1".repeat(400_000) + "' = exposure",
        "exposure = 1\0",
        "\0",
        "exposure = '\0",
        "exposure = \ud800",
        "ехроѕure = 1",
        "exposure = ｅ",
        "exposure = 1 🔭",
        "\u202eexposure = 1",
        "'''",
        "exposure = 1 OR ".repeat(10_000),
        "exposure = 1 AND (".repeat(10_000),
        ",".repeat(1000),
        "exposure IN (1..2..3)",
        "exposure IN (1:2)",
        "; DROP TABLE exposure");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  @Timeout(2)
  void hostileTextsAreRefusedWithASentence(String text) {
    assertThatThrownBy(() -> Where.parse(text).bind(CONTEXT))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.INVALID_QUERY);
              assertThat(error.detail()).hasSizeLessThan(1000).doesNotContain("\0", "\n");
            });
  }

  @Test
  void aNulInAQuotedTextIsAValue() {
    assertThatCode(() -> Where.parse("exposure.obs_id = 'a\0b'").bind(CONTEXT))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {" AND ", " OR "})
  void tenThousandConditionsMakeAFlatTree(String word) throws InterruptedException {
    String text = "exposure = 1" + (word + "exposure = 1").repeat(9_999);

    onSmallStack(
        () -> {
          Where where = Where.parse(text);
          Predicate predicate = where.bind(CONTEXT);
          assertThat(where).hasToString(text);
          assertThat(predicate.not().not()).isEqualTo(predicate);
          assertThat(predicate.toString()).isNotEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(exposure = 1 OR NOT ", "NOT (exposure = 2 AND ", "NOT ((("})
  void theDeepestTextsFitOnASmallStack(String level) throws InterruptedException {
    int levels = 490 / 4;
    String closing = ")".repeat((int) level.chars().filter(c -> c == '(').count());
    String text = level.repeat(levels) + "exposure = 3" + closing.repeat(levels);

    onSmallStack(
        () -> {
          Where where = Where.parse(text);
          Predicate predicate = where.bind(CONTEXT);
          assertThat(Where.parse(where.toString()).bind(CONTEXT)).isEqualTo(predicate);
          assertThat(predicate.not().not()).isEqualTo(predicate);
        });
  }

  private static void onSmallStack(Runnable test) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> failure.set(catchThrowable(test::run)), "small stack", 512 * 1024);
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void limitsMustBePositive(int limit) {
    assertThatThrownBy(() -> new WhereLimits(limit, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
