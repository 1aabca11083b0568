package equerry.direct.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadOrderTest {
  @Test
  void oneReadingForSortedDocuments() {
    assertThat(passes(1, 1, 3, 3, 9)).containsExactly(Set.of(1, 3, 9));
  }

  @Test
  void anotherReadingWhereSomethingComesTooEarly() {
    assertThat(passes(3, 1, 9)).containsExactly(Set.of(1), Set.of(3, 9));
    assertThat(passes(1, 3, 1, 9, 3)).containsExactly(Set.of(1), Set.of(3), Set.of(9));
  }

  @Test
  void nothing() {
    assertThat(passes()).isEmpty();
  }

  private static List<Set<Integer>> passes(int... ranks) {
    LoadOrder order = new LoadOrder();
    for (int i = 0; i < ranks.length; i++) {
      order.add(ranks[i], i);
    }
    return order.passes();
  }
}
