package equerry.cli.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageWorkersTest {
  private final List<Integer> ended = new ArrayList<>();

  @Test
  void asManyPagesAsAllowedAreUnderWay() {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (PageWorkers<Integer> workers = new PageWorkers<>(2, ended::add)) {
      for (int i = 0; i < 20; i++) {
        int page = i;
        workers.begin(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              both.countDown();
              both.await();
              running.decrementAndGet();
              return page;
            });
      }
      workers.finish();
    }
    assertThat(most).hasValue(2);
    assertThat(ended).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void pagesUnderWayCountWhenTheNextOneCannotBeRead() {
    assertThatThrownBy(
            () -> {
              try (PageWorkers<Integer> workers = new PageWorkers<>(2, ended::add)) {
                workers.begin(() -> 1);
                throw new UnsupportedOperationException("row 2");
              }
            })
        .hasMessage("row 2");
    assertThat(ended).containsExactly(1);
  }

  @Test
  void aFailureIsThrownWhenOthersHaveEnded() {
    CountDownLatch failed = new CountDownLatch(1);
    try (PageWorkers<Integer> workers = new PageWorkers<>(2, ended::add)) {
      workers.begin(
          () -> {
            failed.await();
            return 1;
          });
      workers.begin(
          () -> {
            failed.countDown();
            throw new UnsupportedOperationException("page 2");
          });
      assertThatThrownBy(workers::finish).hasMessage("page 2");
      assertThat(ended).containsExactly(1);
    }
  }
}
