package equerry.datastore.template;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.DatasetRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Compares formatters, composites and constraints with what the stock package finds.
class LookupTest {
  private final List<String> found = new ArrayList<>();
  private final Faults faults = new Faults("datastore", found);

  @Test
  void formattersAreFoundAsInTheStockPackage() {
    Map<String, Object> fact = StockTemplates.map(StockTemplates.fact("formatters"));
    Formatters formatters =
        StockDefaults.load()
            .formatters(
                Map.of("formatters", StockTemplates.map(fact.get("section"))),
                faults,
                StockTemplates.UNIVERSE);
    List<Object> expected = StockTemplates.list(fact.get("found"));
    for (int i = 0; i < expected.size(); i++) {
      DatasetRef ref = StockTemplates.REFS.get(i);
      if (expected.get(i) != null) {
        assertThat(formatters.find(ref).map(Formatters.Formatter::name))
            .as(ref.toString())
            .contains((String) expected.get(i));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void compositesAreDisassembledAsInTheStockPackage() {
    Map<String, Object> fact = StockTemplates.map(StockTemplates.fact("composites"));
    Composites composites =
        Composites.read(StockTemplates.map(fact.get("section")), faults, StockTemplates.UNIVERSE);
    List<Object> expected = StockTemplates.list(fact.get("disassembled"));
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) != null) {
        assertThat(composites.disassembles(StockTemplates.REFS.get(i))).isEqualTo(expected.get(i));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void constraintsAcceptWhatTheStockPackageAccepts() {
    for (Object each : StockTemplates.list(StockTemplates.fact("constraints"))) {
      Map<String, Object> fact = StockTemplates.map(each);
      Constraints constraints =
          Constraints.read(fact.get("section"), faults, StockTemplates.UNIVERSE);

      assertThat(StockTemplates.REFS.stream().<Object>map(constraints::accept).toList())
          .as(String.valueOf(fact.get("section")))
          .isEqualTo(StockTemplates.list(fact.get("accepted")));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void endsOfFilesDependOnWriteParameters() {
    Map<String, Object> section =
        Map.of(
            "formatters",
            Map.of(
                "calexp",
                Map.of(
                    "formatter",
                    "lsst.images.formatters.GenericFormatter",
                    "parameters",
                    Map.of("format", "sdf")),
                "bias",
                "my.own.Formatter"));
    Formatters formatters =
        StockDefaults.load().formatters(section, faults, StockTemplates.UNIVERSE);

    assertThat(formatters.find(StockTemplates.expanded("calexp")).orElseThrow().extension())
        .contains(".sdf");
    assertThat(formatters.find(StockTemplates.expanded("packages")).orElseThrow().extension())
        .contains(".yaml");
    assertThat(formatters.find(StockTemplates.expanded("bias")).orElseThrow().extension())
        .isEmpty();
    assertThat(formatters.reads("my.own.Formatter", "x.anything")).isTrue();
    assertThat(formatters.reads("lsst.daf.butler.formatters.json.JsonFormatter", "x.json"))
        .isTrue();
    assertThat(formatters.reads("lsst.daf.butler.formatters.json.JsonFormatter", "x.yaml"))
        .isFalse();
  }

  @Test
  void acceptingAndRejectingAllIsAFault() {
    Constraints.read(
        Map.of("accept", List.of("all"), "reject", List.of("all")),
        faults,
        StockTemplates.UNIVERSE);

    assertThat(found).singleElement().asString().contains("accepts and rejects 'all'");
  }
}
