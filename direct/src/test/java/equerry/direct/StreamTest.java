package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import equerry.api.Butler;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.query.AllDatasets;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.where.OrderBy;
import equerry.api.where.WhereContext;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams give back what they hold, however they end.
class StreamTest {
  /// How many groups and patches are added; every pair of them is a row of the big query.
  private static final int MANY = 4000;

  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir Path folder;
  private @Nullable DemoCopy copy;
  private @Nullable DirectButler opened;

  @AfterEach
  void nothingIsLeftBehind() {
    if (opened != null) {
      assertThat(opened.busyConnections()).isZero();
      opened.close();
    }
    if (copy != null) {
      copy.close();
    }
    assertThat(Leftovers.threads()).isEmpty();
  }

  private DirectButler open(Engine engine) {
    DemoCopy made = DemoCopy.make(engine, folder);
    copy = made;
    String numbers =
        "WITH RECURSIVE numbers(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)"
            .formatted(1000 + MANY);
    made.commit(
        "INSERT INTO \"group\" (instrument, name) %s SELECT 'LarkCam', 'g' || n FROM numbers"
            .formatted(numbers),
        "INSERT INTO patch (skymap, tract, id) %s SELECT 'meadow_v1', 0, n FROM numbers"
            .formatted(numbers));
    DirectButler butler = made.open();
    opened = butler;
    return butler;
  }

  /// All pairs of groups and patches; in an order, none is ready before all are.
  private static ResultRows pairs(Butler butler, String... orderBy) {
    DimensionGroup dimensions = butler.universe().group(List.of("group", "patch"));
    ResultSpec.Options options =
        new ResultSpec.Options(
            OrderBy.parse(List.of(orderBy), WhereContext.of(dimensions)), null, false);
    Query query =
        new Query(
            QueryTree.of(dimensions, Predicate.TRUE), DataId.empty(butler.universe()), List.of());
    return butler.queries().execute(query, new ResultSpec.DataIds(dimensions, false, options));
  }

  @ParameterizedTest
  @EnumSource
  void holdsOneConnectionWhileItIsRead(Engine engine) {
    DirectButler butler = open(engine);
    try (ResultRows rows = pairs(butler)) {
      assertThat(rows.iterator().next()).hasSize(5);
      assertThat(butler.busyConnections()).isEqualTo(1);
    }
    assertThat(butler.busyConnections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void holdsNothingWhenItIsNotRead(Engine engine) {
    DirectButler butler = open(engine);
    pairs(butler).close();
    assertThat(butler.busyConnections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void canBeClosedTwice(Engine engine) {
    DirectButler butler = open(engine);
    ResultRows rows = pairs(butler);
    rows.iterator().next();
    rows.close();
    rows.close();
    assertThat(butler.busyConnections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void isReadOnce(Engine engine) {
    DirectButler butler = open(engine);
    try (ResultRows rows = pairs(butler)) {
      rows.iterator().next();
      assertThatIllegalStateException().isThrownBy(rows::iterator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAllPages(Engine engine) {
    DirectButler butler = open(engine);
    int count = 0;
    DimensionGroup group = butler.universe().group(List.of("group"));
    Query query =
        new Query(QueryTree.of(group, Predicate.TRUE), DataId.empty(butler.universe()), List.of());
    try (ResultRows rows =
        butler
            .queries()
            .execute(query, new ResultSpec.DataIds(group, false, ResultSpec.Options.NONE))) {
      for (Object[] row : rows) {
        assertThat(row).hasSize(2);
        count++;
      }
    }
    assertThat(count).isEqualTo(MANY + 1 + 8);
  }

  /// As many streams as there are connections; each must give its own back.
  @ParameterizedTest
  @EnumSource
  void leavesConnectionsToOthers(Engine engine) {
    DirectButler butler = open(engine);
    for (int i = 0; i < 20; i++) {
      try (ResultRows rows = pairs(butler)) {
        rows.iterator().next();
      }
    }
    assertThat(butler.collections().load("refcats").name()).isEqualTo("refcats");
  }

  @ParameterizedTest
  @EnumSource
  void endsASearchOfManyTypesEarly(Engine engine) {
    DirectButler butler = open(engine);
    AllDatasets search =
        new AllDatasets(
            List.of("*"), List.of("*"), false, Map.of(), Map.of(), "", Map.of(), null, false);
    try (var types = butler.queries().allDatasets(search)) {
      Iterator<ResultRows> each = types.iterator();
      each.next().iterator().next();
      each.next().iterator().next();
      assertThat(butler.busyConnections()).isEqualTo(1);
    }
    assertThat(butler.busyConnections()).isZero();
  }

  /// A client that leaves must not keep the database at work.
  @ParameterizedTest
  @EnumSource
  void stopsASlowQueryFromAnotherThread(Engine engine) throws InterruptedException {
    DirectButler butler = open(engine);
    ResultRows rows = pairs(butler, "-group", "patch");
    AtomicReference<@Nullable Throwable> outcome = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try {
                rows.iterator().next();
              } catch (RuntimeException stopped) {
                outcome.set(stopped);
              } finally {
                ended.countDown();
              }
            });
    while (butler.busyConnections() == 0) {
      Thread.onSpinWait();
    }
    assertThat(ended.await(300, TimeUnit.MILLISECONDS)).as("the query is slow").isFalse();

    long start = System.nanoTime();
    rows.close();
    assertThat(ended.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    reader.join();
    assertThat(butler.busyConnections()).isZero();
    assertThat(outcome.get())
        .isInstanceOfAny(ButlerException.class, java.util.NoSuchElementException.class);
    assertThat(butler.collections().load("refcats").name()).isEqualTo("refcats");
  }
}
