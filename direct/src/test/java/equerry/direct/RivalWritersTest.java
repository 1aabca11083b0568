package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.time.Timespan;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several writers, each with connections of its own, that do the same at the same time.
class RivalWritersTest {
  private static final int WRITERS = 4;
  private static final int DATASETS = 600;
  private static final String RUN = "meadow/runs/second";
  private static final String STARS = "meadow_reference_stars";

  @ParameterizedTest
  @EnumSource(Engine.class)
  void adoptEachDatasetOnce(Engine engine, @TempDir Path folder) throws Exception {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        WritableDirectButler butler = demo.openForWriting()) {
      List<DatasetRef> refs = new ArrayList<>();
      DatasetType type = butler.datasetTypes().load(STARS);
      for (DataId dataId : pixels(type)) {
        refs.add(new DatasetRef(UUID.randomUUID(), type, dataId, RUN, null));
      }
      List<Object> added =
          race(demo, rival -> rival.write(changes -> changes.datasets().adopt(refs).size()));
      assertThat(added).allSatisfy(count -> assertThat(count).isInstanceOf(Integer.class));
      assertThat(added.stream().mapToInt(count -> (Integer) count).sum()).isEqualTo(DATASETS);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void insertADataIdOnce(Engine engine, @TempDir Path folder) throws Exception {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        WritableDirectButler butler = demo.openForWriting()) {
      List<DataId> pixels = pixels(butler.datasetTypes().load(STARS));
      List<Object> results =
          race(
              demo,
              rival ->
                  rival.write(
                      changes ->
                          changes.datasets().insert(STARS, RUN, pixels, IdMode.UNIQUE).size()));
      assertOneWon(results, DATASETS);
      assertThat(Lookups.count(butler.readable(), STARS, RUN)).isEqualTo(DATASETS);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void certifyOnce(Engine engine, @TempDir Path folder) throws Exception {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        WritableDirectButler butler = demo.openForWriting()) {
      UUID dark = UUID.fromString("452e0243-4743-54bf-a7fd-7d4c90efe4b4");
      List<DatasetRef> refs = butler.datasets().findAll(List.of(dark));
      butler.write(
          changes -> {
            changes.datasets().decertify("LarkCam/calib", "dark", Timespan.UNBOUNDED, null);
            return true;
          });
      List<Object> results =
          race(
              demo,
              rival ->
                  rival.write(
                      changes -> {
                        changes.datasets().certify("LarkCam/calib", refs, Timespan.UNBOUNDED);
                        return 1;
                      }));
      assertOneWon(results, 1);
    }
  }

  /// Each locks one collection and then wants the other's. PostgreSQL ends one of the two, whose
  /// change is made again. (SQLite has no two changes at once.)
  @Test
  void aDeadlockIsTriedAgain(@TempDir Path folder) throws Exception {
    List<String> names = List.of("LarkCam/calib", "meadow/runs/second");
    try (DemoCopy demo = DemoCopy.make(Engine.POSTGRESQL, folder);
        WritableDirectButler butler = demo.openForWriting();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CountDownLatch bothHaveOne = new CountDownLatch(2);
      AtomicInteger attempts = new AtomicInteger();
      List<Future<Boolean>> running = new ArrayList<>();
      for (List<String> order : List.of(names, names.reversed())) {
        running.add(
            threads.submit(
                () ->
                    butler.write(
                        changes -> {
                          attempts.incrementAndGet();
                          changes.collections().document(order.getFirst(), "of " + order);
                          await(bothHaveOne);
                          changes.collections().document(order.getLast(), "of " + order);
                          return true;
                        })));
      }
      for (Future<Boolean> change : running) {
        assertThat(change.get()).isTrue();
      }
      assertThat(attempts).hasValue(3);
      assertThat(names)
          .extracting(name -> butler.collections().load(name).doc())
          .as("one change was made as a whole after the other")
          .doesNotContainNull()
          .containsOnly(butler.collections().load(names.getFirst()).doc());
    }
  }

  private static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void assertOneWon(List<Object> results, int count) {
    assertThat(results).filteredOn(Integer.class::isInstance).containsExactly(count);
    assertThat(results)
        .filteredOn(result -> !(result instanceof Integer))
        .hasSize(WRITERS - 1)
        .hasOnlyElementsOfType(ButlerException.Conflict.class);
  }

  private static List<DataId> pixels(DatasetType type) {
    List<DataId> pixels = new ArrayList<>();
    for (int i = 0; i < DATASETS; i++) {
      pixels.add(DataId.of(type.dimensions(), List.of(140_000L + i)));
    }
    return pixels;
  }

  /// What each writer returned or threw.
  private static List<Object> race(DemoCopy demo, Function<WritableDirectButler, Integer> work)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<Object>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        running.add(
            threads.submit(
                () -> {
                  try (WritableDirectButler rival = demo.openForWriting()) {
                    start.await();
                    return work.apply(rival);
                  } catch (ButlerException failure) {
                    return failure;
                  }
                }));
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> result : running) {
        results.add(result.get());
      }
      return results;
    }
  }
}
