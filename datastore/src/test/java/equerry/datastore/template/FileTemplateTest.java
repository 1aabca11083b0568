package equerry.datastore.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares templates with what the stock package makes of them.
class FileTemplateTest {
  private static final Map<String, Object> EXPECTED =
      StockTemplates.map(StockTemplates.fact("templates"));

  static List<String> templates() {
    return List.copyOf(EXPECTED.keySet());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void rendersAsTheStockPackage(String text) {
    SoftAssertions softly = new SoftAssertions();
    List<Object> expected = new ArrayList<>(StockTemplates.list(EXPECTED.get(text)));
    for (int i = 0; i < StockTemplates.REFS.size(); i++) {
      DatasetRef ref = StockTemplates.REFS.get(i);
      softly
          .assertThat(outcome(text, ref))
          .as(text + " for " + ref.type() + " " + ref.dataId())
          .isEqualTo(expectedOutcome(StockTemplates.map(expected.get(i))));
    }
    softly.assertAll();
  }

  private static String expectedOutcome(Map<String, Object> stock) {
    if (stock.containsKey("broken")) {
      return "broken";
    }
    String path = (String) stock.get("path");
    boolean misread = path != null && path.indexOf('#') >= 0;
    return stock.get("fits") + " " + (path == null || misread ? "error" : path);
  }

  private static String outcome(String text, DatasetRef ref) {
    FileTemplate template;
    try {
      template = FileTemplate.parse(text);
    } catch (IllegalArgumentException e) {
      return "broken";
    }
    boolean fits = true;
    try {
      template.refuseUnfit(ref.type());
    } catch (ButlerException.Invalid e) {
      assertThat(e.code()).isEqualTo(ErrorCode.FILE_TEMPLATE);
      fits = false;
    }
    try {
      return fits + " " + template.path(ref);
    } catch (ButlerException.Invalid e) {
      assertThat(e.code()).isEqualTo(ErrorCode.FILE_TEMPLATE);
      return fits + " error";
    }
  }

  @Test
  void defaultTemplatesAreThoseOfTheStockPackage() {
    FileTemplates templates = readTemplates(Map.of());
    List<Object> expected =
        StockTemplates.list(StockTemplates.fact("default")).stream()
            .map(Objects::requireNonNull)
            .toList();
    for (int i = 0; i < StockTemplates.REFS.size(); i++) {
      DatasetRef ref = StockTemplates.REFS.get(i);
      Map<String, Object> stock = StockTemplates.map(expected.get(i));
      if (stock.containsKey("path")) {
        assertThat(templates.load(ref).path(ref)).isEqualTo(stock.get("path"));
      } else {
        assertThatExceptionOfType(ButlerException.Invalid.class)
            .isThrownBy(() -> templates.load(ref).path(ref));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"we ird#r", "r%20n", "r?", "a/100%"})
  void runsWhoseFilesReadersWouldNotFindAreRefused(String run) {
    DatasetRef plain = StockTemplates.expanded("calexp");
    DatasetRef ref = new DatasetRef(plain.id(), plain.type(), plain.dataId(), run, plain.records());

    assertThatThrownBy(() -> FileTemplate.parse("{run:/}/{visit}_{id}").path(ref))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_TEMPLATE))
        .hasMessageContaining("'" + run + "'")
        .hasMessageContaining("nothing was changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../../b", "../../etc"})
  void runsThatLeadOutOfTheRootAreRefused(String run) {
    DatasetRef plain = StockTemplates.expanded("calexp");
    DatasetRef ref = new DatasetRef(plain.id(), plain.type(), plain.dataId(), run, plain.records());

    assertThatThrownBy(() -> FileTemplate.parse("{run:/}/{visit}").path(ref))
        .isInstanceOf(ButlerException.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{run}/{}", "{run}/{visit.a.b}", "{run}/{visit:9999}", "{run}/{visit!r}"})
  void templatesThatCouldRenderNothingAreRefusedWhenRead(String text) {
    assertThatThrownBy(() -> FileTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyDefaultMeansNone() {
    FileTemplates templates = readTemplates(Map.of("templates", Map.of("default", "")));

    assertThat(templates.load(StockTemplates.expanded("raw")).toString())
        .contains("exposure.obs_id");
    assertThatThrownBy(() -> templates.load(StockTemplates.expanded("calexp")))
        .hasMessageContaining("no file template for dataset type 'calexp'");
  }

  @Test
  void templatesForAnInstrumentGoFirst() {
    FileTemplates templates =
        readTemplates(
            Map.of(
                "templates",
                Map.of(
                    "calexp",
                    "{run}/b/{visit}",
                    "instrument<Cam1>",
                    Map.of("ExposureF", "{run}/a/{visit}"),
                    "instrument<Cam2>",
                    Map.of("calexp", "{run}/c/{visit}"))));

    assertThat(templates.load(StockTemplates.expanded("calexp"))).hasToString("{run}/a/{visit}");
    assertThat(templates.load(StockTemplates.expanded("calexp.wcs")))
        .hasToString("{run}/a/{visit}");
  }

  @Test
  void allFaultsAreTold() {
    List<String> found = new ArrayList<>();
    Faults faults = new Faults("datastore", found);
    Map<String, Object> section =
        Map.of("templates", Map.of("a", "{visit}", "b", 7, "instrument<X>", Map.of("c", "{run")));

    FileTemplates.read(
        StockDefaults.load().merged("templates", section, faults),
        faults.in("templates"),
        StockTemplates.UNIVERSE);

    assertThat(found)
        .hasSize(3)
        .anySatisfy(f -> assertThat(f).contains("templates.a", "neither the field 'run' nor 'id'"))
        .anySatisfy(f -> assertThat(f).contains("templates.b must be a text"))
        .anySatisfy(f -> assertThat(f).contains("templates.instrument<X>.c", "'{' without a '}'"));
  }

  private static FileTemplates readTemplates(Map<String, ?> section) {
    List<String> found = new ArrayList<>();
    Faults faults = new Faults("datastore", found);
    FileTemplates templates =
        FileTemplates.read(
            StockDefaults.load().merged("templates", section, faults),
            faults,
            StockTemplates.UNIVERSE);
    assertThat(found).isEmpty();
    return templates;
  }
}
