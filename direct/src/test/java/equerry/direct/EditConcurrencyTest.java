package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetType;
import equerry.api.dataset.Registration;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnDifference;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.DemoCopy.Engine;
import equerry.sphere.Circle;
import equerry.sphere.HtmPixelization;
import equerry.sphere.LonLat;
import equerry.sphere.Region;
import equerry.sphere.UnitVector3d;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Writers that want the same at the same time, each with a database connection of its own.
class EditConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 25;
  private static final String CHAIN = "test/chain";

  @TempDir Path folder;
  private final List<WritableDirectButler> butlers = new ArrayList<>();
  private @Nullable DemoCopy copy;

  private DemoCopy open(Engine engine) {
    DemoCopy demo = DemoCopy.make(engine, folder);
    copy = demo;
    for (int i = 0; i < WRITERS; i++) {
      butlers.add(demo.openForWriting());
    }
    return demo;
  }

  @AfterEach
  void close() {
    butlers.forEach(WritableDirectButler::close);
    if (copy != null) {
      copy.close();
    }
    assertThat(Leftovers.threads()).isEmpty();
  }

  /// What a writer does.
  private interface Work<T> {
    T run(WritableDirectButler butler, int writer);
  }

  private <T> List<T> together(Work<T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        tasks.add(() -> work.run(butlers.get(writer), writer));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void registersEachCollectionOnce(Engine engine) throws SQLException {
    DemoCopy demo = open(engine);
    List<List<Registration>> answers =
        together(
            (butler, writer) ->
                IntStream.range(0, ROUNDS)
                    .mapToObj(
                        i ->
                            butler.write(
                                changes ->
                                    changes
                                        .collections()
                                        .register("test/run" + i, CollectionType.RUN, null)))
                    .toList());
    for (int i = 0; i < ROUNDS; i++) {
      int round = i;
      assertThat(answers.stream().map(answer -> answer.get(round)))
          .as("round %d", i)
          .containsOnlyOnce(Registration.NEW);
    }
    assertThat(count(demo, "run")).isEqualTo(6 + ROUNDS);
  }

  @ParameterizedTest
  @EnumSource
  void registersTypesOfTheSameDimensionsWithOneKey(Engine engine) throws SQLException {
    DemoCopy demo = open(engine);
    long keys = count(demo, "dimension_graph_key");
    List<List<String>> groups =
        List.of(
            List.of("physical_filter", "detector", "group"),
            List.of("tract"),
            List.of("htm9", "visit"),
            List.of("day_obs"));
    together(
        (butler, writer) -> {
          for (List<String> group : groups) {
            DatasetType type =
                new DatasetType(
                    "test_" + group.getFirst() + (writer / 2),
                    butler.universe().group(group),
                    "Text",
                    writer / 2 == 1);
            butler.write(changes -> changes.datasetTypes().register(type));
          }
          return writer;
        });
    // The demo has datasets of tracts.
    assertThat(count(demo, "dimension_graph_key")).isEqualTo(keys + groups.size() - 1);
    assertThat(butlers.getFirst().datasetTypes().search(List.of("test_*")).found())
        .hasSize(2 * groups.size());
  }

  @ParameterizedTest
  @EnumSource
  void losesNoMemberOfAChain(Engine engine) {
    open(engine);
    butlers
        .getFirst()
        .write(changes -> changes.collections().register(CHAIN, CollectionType.CHAINED, null));
    together(
        (butler, writer) -> {
          for (int i = 0; i < ROUNDS; i++) {
            String name = "test/member" + writer + "." + i;
            butler.write(
                changes -> {
                  changes.collections().register(name, CollectionType.TAGGED, null);
                  if (writer % 2 == 0) {
                    changes.collections().prependToChain(CHAIN, List.of(name));
                  } else {
                    changes.collections().extendChain(CHAIN, List.of(name));
                  }
                  return name;
                });
            if (i % 5 == 4) {
              butler.write(
                  changes -> {
                    changes.collections().removeFromChain(CHAIN, List.of(name));
                    return name;
                  });
            }
          }
          return writer;
        });
    List<String> members = butlers.getFirst().collections().load(CHAIN).children();
    assertThat(members).doesNotHaveDuplicates().hasSize(WRITERS * (ROUNDS - ROUNDS / 5));
  }

  /// Two writers that would close a cycle from its two sides: one of them is refused.
  @ParameterizedTest
  @EnumSource
  void closesNoCycle(Engine engine) {
    open(engine);
    butlers
        .getFirst()
        .write(
            changes -> {
              for (int i = 0; i < ROUNDS; i++) {
                for (int w = 0; w < WRITERS; w++) {
                  String name = "test/link" + i + "." + w;
                  changes.collections().register(name, CollectionType.CHAINED, null);
                }
              }
              return ROUNDS;
            });
    List<List<Boolean>> done =
        together(
            (butler, writer) ->
                IntStream.range(0, ROUNDS)
                    .mapToObj(
                        i ->
                            link(
                                butler,
                                "test/link" + i + "." + writer,
                                "test/link" + i + "." + (writer + 1) % WRITERS))
                    .toList());
    for (int i = 0; i < ROUNDS; i++) {
      int round = i;
      assertThat(done.stream().map(answer -> answer.get(round)))
          .as("round %d", i)
          .containsOnlyOnce(false);
    }
  }

  private static boolean link(WritableDirectButler butler, String chain, String member) {
    try {
      return butler.write(
          changes -> {
            changes.collections().extendChain(chain, List.of(member));
            return true;
          });
    } catch (ButlerException.Invalid cycle) {
      assertThat(cycle.code()).isEqualTo(ErrorCode.COLLECTION_CYCLE);
      return false;
    }
  }

  /// Whoever comes last wins, as a whole: the pixels are those of the region.
  @ParameterizedTest
  @EnumSource
  void keepsThePixelsOfTheRegionThatIsThere(Engine engine) throws SQLException {
    DemoCopy demo = open(engine);
    String skymap = texts(demo, "SELECT name FROM skymap").getFirst();
    together(
        (butler, writer) -> {
          DimensionElement tract = butler.universe().element("tract");
          for (int i = 0; i < ROUNDS; i++) {
            Region region =
                Circle.of(
                    UnitVector3d.of(LonLat.ofDegrees(90.0 * writer, i)),
                    Math.toRadians(1 + writer));
            DimensionRecord record =
                new DimensionRecord(tract, List.of(skymap, 500L, region.encode()));
            butler.write(changes -> changes.records().sync(record, OnDifference.UPDATE));
          }
          return writer;
        });
    String stored = texts(demo, "SELECT region FROM tract WHERE id = 500").getFirst();
    List<String> expected = new ArrayList<>();
    new HtmPixelization(7)
        .envelope(Region.decodeBase64(stored))
        .ranges()
        .forEach(
            range -> {
              for (long pixel = range.begin(); pixel < range.end(); pixel++) {
                expected.add(Long.toString(pixel));
              }
            });
    assertThat(texts(demo, "SELECT skypix_index FROM tract_skypix_overlap WHERE tract = 500"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static long count(DemoCopy demo, String table) throws SQLException {
    return Long.parseLong(texts(demo, "SELECT count(*) FROM " + table).getFirst());
  }

  private static List<String> texts(DemoCopy demo, String query) throws SQLException {
    try (Connection connection = demo.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
