package equerry.direct;

import static equerry.direct.Lookups.count;
import static equerry.direct.Lookups.find;
import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetRef;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A butler is for many threads at once, more than it has connections.
class ConcurrencyTest {
  private static final int CALLERS = 60;
  private static final int CALLS = 10;
  private static final UUID RAW = UUID.fromString("0d8568d8-fc99-50fc-b455-1cc9b5154558");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void answersManyThreads(Engine engine) throws InterruptedException, ExecutionException {
    try (DemoCopy demo = DemoCopy.make(engine, folder);
        DirectButler butler = demo.open()) {
      List<Future<?>> calls = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CALLERS; i++) {
          calls.add(threads.submit(() -> askRepeatedly(butler)));
        }
      }
      for (Future<?> call : calls) {
        call.get();
      }
      assertThat(butler.busyConnections()).isZero();
    }
    assertThat(Leftovers.threads()).isEmpty();
  }

  private static void askRepeatedly(DirectButler butler) {
    Map<String, Object> dataId =
        Map.of("instrument", "LarkCam", "exposure", 2026031400003L, "detector", 1L);
    for (int i = 0; i < CALLS; i++) {
      assertThat(find(butler, "raw", dataId, "meadow/latest").map(DatasetRef::id)).contains(RAW);
      assertThat(butler.files().find(RAW).orElseThrow().files()).hasSize(1);
      assertThat(count(butler, "raw", "meadow/latest")).isEqualTo(10);
    }
  }
}
