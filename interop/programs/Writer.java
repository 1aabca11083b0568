import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetEdits.IdMode;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnDifference;
import equerry.api.error.ButlerException;
import equerry.api.file.FileEdits.Content;
import equerry.api.file.FileEdits.Source;
import equerry.api.time.Timespan;
import equerry.direct.DirectButler;
import equerry.direct.WritableDirectButler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/// One of many writers of a repository: does random things for a while, and says what it did.
///
/// Compiled and run by `many_writers.py`: `java -cp … Writer REPO NUMBER SECONDS`. A line
/// `put ID`, `purged ID` or `done WHAT` for what was committed, `refused WHAT CODE` for a named error,
/// `failed WHAT …` for anything else.
public final class Writer {
  private static final int SHARED_RUNS = 4;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long FIRST_DAY = 19_000;
  private final WritableDirectButler butler;
  private final int number;
  private final Random random;
  private final List<DatasetRef> own = new ArrayList<>();
  private final List<DatasetRef> calibrations = new ArrayList<>();
  private int runs;

  private Writer(WritableDirectButler butler, int number) {
    this.butler = butler;
    this.number = number;
    this.random = new Random(number);
  }

  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    try (WritableDirectButler butler =
        DirectButler.openForWriting(arguments[0], DirectButler.Options.defaults())) {
      long endNanos = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
      Writer writer = new Writer(butler, Integer.parseInt(arguments[1]));
      while (System.nanoTime() < endNanos) {
        writer.step();
      }
    }
  }

  private void step() {
    switch (random.nextInt(12)) {
      case 0 -> attempt("register", this::register);
      case 1, 2, 3 -> attempt("put", changes -> put(changes, "many/own%d/%d".formatted(number, runs++ / 8)));
      case 4, 5 -> attempt("put-equal", changes -> put(changes, "many/shared" + random.nextInt(SHARED_RUNS)));
      case 6 -> attempt("tag", this::tag);
      case 7 -> attempt("certify", this::certify);
      case 8 -> attempt("chain", this::chain);
      case 9 -> attempt("records", this::records);
      default -> attempt("purge", this::purge);
    }
  }

  /// What a change did.
  private record Done(List<DatasetRef> put, List<DatasetRef> purged) {
    static final Done NOTHING = new Done(List.of(), List.of());
  }

  /// The work may run several times, so what it did counts once it is committed.
  private void attempt(String what, Function<Changes, Done> work) {
    try {
      Done done = butler.write(work);
      for (DatasetRef ref : done.put()) {
        (ref.type().isCalibration() ? calibrations : own).add(ref);
        System.out.println("put " + ref.id());
      }
      done.purged().forEach(ref -> System.out.println("purged " + ref.id()));
      System.out.println("done " + what);
    } catch (ButlerException.Internal bug) {
      System.out.println("failed " + what + " " + bug + " " + bug.getCause());
    } catch (ButlerException named) {
      System.out.println("refused " + what + " " + named.code() + " " + named.detail());
    } catch (RuntimeException bug) {
      System.out.println("failed " + what + " " + bug);
    }
    System.out.flush();
  }

  private DatasetType type(String name, List<String> dimensions, boolean isCalibration) {
    return new DatasetType(name, butler.universe().group(dimensions), "StructuredDataDict", isCalibration);
  }

  private Done register(Changes changes) {
    changes.datasetTypes().register(type("many", List.of("exposure", "detector"), false));
    changes.datasetTypes().register(type("many_calibration", List.of("detector"), true));
    changes.datasetTypes().register(type("many_" + random.nextInt(6), List.of("visit", "tract"), false));
    changes.collections().register("many/run" + random.nextInt(100), CollectionType.RUN, null);
    changes.collections().register("many/tagged", CollectionType.TAGGED, "Of many.");
    changes.collections().register("many/calib", CollectionType.CALIBRATION, null);
    changes.collections().register("many/chain", CollectionType.CHAINED, null);
    return Done.NOTHING;
  }

  private Done put(Changes changes, String run) {
    register(changes);
    changes.collections().register(run, CollectionType.RUN, null);
    boolean isCalibration = random.nextInt(4) == 0;
    long day = random.nextBoolean() ? 20260314 : 20260315;
    Map<String, Object> named =
        isCalibration
            ? Map.of("instrument", "LarkCam", "detector", (long) random.nextInt(2))
            : Map.of(
                "instrument", "LarkCam",
                "detector", (long) random.nextInt(2),
                "exposure", day * 100_000 + 3 + random.nextInt(2));
    DataId dataId = butler.datasets().expand(named).dataId();
    String type = isCalibration ? "many_calibration" : "many";
    DatasetRef ref = changes.datasets().insert(type, run, List.of(dataId), IdMode.UNIQUE).getFirst();
    byte[] content = ("id: " + ref.id() + "\n").getBytes(StandardCharsets.UTF_8);
    changes.files().put(ref, new Content.Whole(new Source.Bytes(content)));
    return new Done(List.of(ref), List.of());
  }

  private Done tag(Changes changes) {
    changes.datasets().associate("many/tagged", some(own));
    return Done.NOTHING;
  }

  private Done certify(Changes changes) {
    long begin = (FIRST_DAY + random.nextInt(1000)) * DAY_NANOS;
    Timespan range = new Timespan(begin, begin + (1 + random.nextInt(20)) * DAY_NANOS);
    if (random.nextInt(4) == 0) {
      changes.datasets().decertify("many/calib", "many_calibration", range, null);
    } else {
      changes.datasets().certify("many/calib", some(calibrations), range);
    }
    return Done.NOTHING;
  }

  private Done chain(Changes changes) {
    List<String> runs = List.of("many/run" + random.nextInt(100), "many/shared" + random.nextInt(SHARED_RUNS));
    switch (random.nextInt(4)) {
      case 0 -> changes.collections().prependToChain("many/chain", runs);
      case 1 -> changes.collections().extendChain("many/chain", runs);
      case 2 -> changes.collections().removeFromChain("many/chain", runs);
      default -> changes.collections().redefineChain("many/chain", runs);
    }
    return Done.NOTHING;
  }

  /// Equal records from everybody, and one of each writer's own.
  private Done records(Changes changes) {
    DimensionElement element = butler.universe().element("visit_system");
    for (long id : List.of(100L, 100L + number)) {
      DimensionRecord record =
          new DimensionRecord(element, List.of("LarkCam", id, "system of writer " + id));
      changes.records().sync(record, OnDifference.FAIL);
    }
    return Done.NOTHING;
  }

  private Done purge(Changes changes) {
    List<DatasetRef> doomed = some(random.nextBoolean() ? own : calibrations);
    changes.datasets().purge(doomed);
    return new Done(List.of(), doomed);
  }

  private List<DatasetRef> some(List<DatasetRef> refs) {
    if (refs.isEmpty()) {
      return List.of();
    }
    return List.of(refs.get(random.nextInt(refs.size())));
  }
}
