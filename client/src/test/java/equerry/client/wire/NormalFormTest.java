package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalFormTest {
  private static final int LEAVES = 5;
  private static final NormalForm FORMS = new NormalForm(1_000_000);

  private static Predicate.Leaf leaf(int number) {
    return new Predicate.IsNull(new Expression.IntLiteral(number));
  }

  @Test
  void keepsTrueAndFalse() {
    assertThat(FORMS.of(Predicate.TRUE)).isEmpty();
    assertThat(FORMS.of(Predicate.FALSE)).containsExactly(List.of());
  }

  @Test
  void keepsWhatIsInTheFormAlready() {
    Predicate inverted = new Predicate.Not(leaf(1));
    Predicate condition =
        new Predicate.And(List.of(leaf(0), new Predicate.Or(List.of(inverted, leaf(2)))));
    assertThat(FORMS.of(condition)).containsExactly(List.of(leaf(0)), List.of(inverted, leaf(2)));
  }

  @Test
  void distributesOrOverAnd() {
    Predicate condition =
        new Predicate.Or(List.of(new Predicate.And(List.of(leaf(0), leaf(1))), leaf(2)));
    assertThat(FORMS.of(condition))
        .containsExactly(List.of(leaf(0), leaf(2)), List.of(leaf(1), leaf(2)));
  }

  /// Under every assignment of truths to leaves, a condition and its form have the same truth.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void meansTheSame(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Predicate condition = condition(random, 4);
      List<List<Predicate>> form = FORMS.of(condition);
      for (int truths = 0; truths < 1 << LEAVES; truths++) {
        int assigned = truths;
        boolean holds =
            form.stream().allMatch(any -> any.stream().anyMatch(term -> holds(term, assigned)));
        assertThat(holds).as("seed %d, %s", seed, condition).isEqualTo(holds(condition, truths));
      }
    }
  }

  private static Predicate condition(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 2 : 4);
    if (kind < 2) {
      Predicate.Leaf leaf = leaf(random.nextInt(LEAVES));
      return kind == 0 ? leaf : new Predicate.Not(leaf);
    }
    List<Predicate> operands = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      operands.add(condition(random, depth - 1));
    }
    return kind == 2 ? new Predicate.And(operands) : new Predicate.Or(operands);
  }

  private static boolean holds(Predicate condition, int truths) {
    return switch (condition) {
      case Predicate.And and -> and.operands().stream().allMatch(term -> holds(term, truths));
      case Predicate.Or or -> or.operands().stream().anyMatch(term -> holds(term, truths));
      case Predicate.Not not -> !holds(not.operand(), truths);
      case Predicate.IsNull(Expression.IntLiteral(long number)) -> (truths >> number & 1) == 1;
      case Predicate.Leaf other -> throw new IllegalArgumentException(other.toString());
    };
  }

  /// Ten pairs make 1,024 lists of ten leaves; one part less than that is too little.
  @Test
  void hasALimit() {
    List<Predicate> pairs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pairs.add(new Predicate.And(List.of(leaf(i), leaf(i + 100))));
    }
    Predicate condition = new Predicate.Or(pairs);
    assertThat(new NormalForm(11 * 1_024).of(condition)).hasSize(1_024);
    assertThatThrownBy(() -> new NormalForm(11 * 1_024 - 1).of(condition))
        .isInstanceOf(ButlerException.LimitExceeded.class);
  }

  /// A thousand pairs would make more lists than there are numbers for.
  @Test
  void countsWithoutOverflow() {
    List<Predicate> pairs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pairs.add(new Predicate.And(List.of(leaf(i), leaf(-i))));
    }
    assertThatThrownBy(() -> FORMS.of(new Predicate.Or(pairs)))
        .isInstanceOf(ButlerException.LimitExceeded.class);
  }
}
