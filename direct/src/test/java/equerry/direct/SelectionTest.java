package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.query.ResultStream;
import equerry.api.selection.GeneralRow;
import equerry.api.selection.Selection;
import equerry.api.selection.Selection.Search;
import equerry.direct.DemoCopy.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Selections beyond what their contract compares with the stock package: steps, types and errors.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionTest {
  private DemoCopy demo;
  private DirectButler butler;

  @BeforeAll
  void open(@TempDir Path folder) {
    demo = DemoCopy.make(Engine.SQLITE, folder);
    butler = demo.open();
  }

  @AfterAll
  void close() {
    butler.close();
    demo.close();
  }

  @Test
  void aStepLeavesTheStartAsItWas() {
    Selection start = butler.query().where(Map.of("instrument", "LarkCam"));
    Selection one = start.limit(1);
    assertThat(one.dataIds("visit").list()).hasSize(1);
    assertThat(start.dataIds("visit").count()).isEqualTo(5);
    assertThat(start.where("visit.seq_num = 2").dataIds("visit").list())
        .extracting(dataId -> dataId.find("visit").orElseThrow())
        .containsExactly(2026031500002L);
  }

  @Test
  void dimensionsOfConditionsAreThoseOfDataIds() {
    DataId dataId =
        butler
            .query()
            .where("instrument = 'LarkCam' AND detector = :d", Map.of("d", 1))
            .dataIds()
            .list()
            .getFirst();
    assertThat(dataId.required()).isEqualTo(Map.of("instrument", "LarkCam", "detector", 1L));
  }

  @Test
  void resultsMayBeUsedSeveralTimes() {
    var refs = butler.query().orderBy("-visit", "detector").refs("visit_image", "meadow/latest");
    assertThat(refs.count()).isEqualTo(10);
    assertThat(refs.any()).isTrue();
    try (ResultStream<DatasetRef> stream = refs.stream()) {
      DatasetRef first = stream.iterator().next();
      assertThat(first.type().name()).isEqualTo("visit_image");
      assertThat(first.dataId().find("visit")).contains(2026031500004L);
      assertThat(first.dataId().isFull()).isTrue();
    }
    assertThat(butler.busyConnections()).isZero();
    assertThat(refs.list()).hasSize(10);
  }

  @Test
  void dataIdsOfOneQueryCanBeJoinedToAnother() {
    List<DataId> some = butler.query().orderBy("-visit").limit(2).dataIds("visit").list();
    assertThat(butler.query().joinDataIds(some).records("visit").list())
        .extracting(record -> record.value("id"))
        .containsExactlyInAnyOrder(2026031500004L, 2026031500003L);
  }

  @Test
  void columnsAreFoundByName() {
    GeneralRow row =
        butler
            .query()
            .joinDatasets("visit_summary", "meadow/latest")
            .where("instrument = 'LarkCam'")
            .orderBy("visit")
            .general(
                List.of("visit"),
                Search.FIRST,
                "visit.exposure_time",
                "visit.id",
                "visit_summary.run")
            .list()
            .getFirst();
    assertThat(row.value("visit")).isEqualTo(2026031400003L);
    assertThat(row.value("visit.exposure_time")).isEqualTo(30.0);
    assertThat(row.value("visit_summary.run")).isEqualTo("meadow/runs/first");
    assertThatThrownBy(() -> row.value("detector")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void recordsComeWithExpandedDataIds() {
    assertThat(butler.query().expandedDataIds("instrument").list().getFirst().records())
        .extracting(DimensionRecord::element)
        .containsExactly(butler.universe().element("instrument"));
  }

  @Test
  void reasonsNameTheValueThatMayBeMeant() {
    Selection mistyped = butler.query().where("instrument = 'LarkCm'");
    assertThat(mistyped.dataIds("visit").explain())
        .contains("No instrument 'LarkCm' in this repository. Did you mean 'LarkCam'?");
    assertThat(mistyped.refs("raw", "LarkCam/raw/all").explain())
        .first()
        .asString()
        .contains("Did you mean 'LarkCam'?");
    assertThat(butler.query().where("instrument = 'LarkCam'").dataIds("visit").explain()).isEmpty();
  }

  @Test
  void errorsNameTheNameThatMayBeMeant() {
    Selection query = butler.query();
    assertMeant("'visit'", () -> query.dimensions("visitt"));
    assertMeant("'visit'", () -> query.records("visitt"));
    assertMeant("'detector'", () -> query.where(Map.of("detectr", 1)));
    assertMeant("'seq_num'", () -> query.orderBy("visit.seqnum").dataIds("visit"));
    assertMeant("'raw'", () -> query.refs("rawr", "LarkCam/raw/all"));
    assertMeant("'refcats'", () -> query.refs("raw", "refcat").list());
    assertMeant("'refcats'", () -> query.joinDatasets("raw", "refcat").dataIds("visit").count());
    assertMeant(
        "'exposure_time'", () -> query.general(List.of(), Search.ALL, "visit.exposure_tim"));
    assertMeant("'visits'", () -> query.where("visit = :visit_", Map.of("visits", 1)).dataIds());
  }

  private static void assertMeant(String name, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(ButlerException.class)
        .hasMessageContaining("Did you mean " + name + "?");
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    Selection query = butler.query();
    assertInvalid("limit", () -> query.limit(-1));
    assertInvalid("at least one", () -> query.joinDataIds(List.of()));
    assertInvalid("No collections", () -> query.refs("raw"));
    DataId visit = query.dataIds("visit").list().getFirst();
    DataId detector = query.dataIds("detector").list().getFirst();
    assertInvalid("different dimensions", () -> query.joinDataIds(List.of(visit, detector)));
    assertInvalid("was joined", () -> query.general(List.of(), Search.ALL, "raw.run"));
  }

  private static void assertInvalid(String text, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining(text);
  }
}
