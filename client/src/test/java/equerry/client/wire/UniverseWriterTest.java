package equerry.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The oracle is what the stock package makes of the same configuration.
class UniverseWriterTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 8})
  void writesWhatTheStockServerWrites(int version) {
    JsonNode expected = Captured.tree(Captured.text("universe" + version + "-wire.json"));

    JsonNode written =
        Captured.tree(new WireWriter(Captured.universe(version)).universe()).get("universe");

    assertThat(sorted(written)).isEqualTo(sorted(expected));
    assertThat(names(written.get("elements"))).isEqualTo(names(expected.get("elements")));
  }

  private static Iterable<String> names(JsonNode object) {
    return object.propertyNames();
  }

  /// `requires` and `implies` are sets.
  private static JsonNode sorted(JsonNode universe) {
    for (JsonNode element : universe.get("elements")) {
      for (String set : new String[] {"requires", "implies"}) {
        ArrayNode names = (ArrayNode) element.get(set);
        ArrayNode inOrder = Captured.JSON.createArrayNode();
        names.valueStream().sorted(Comparator.comparing(JsonNode::asString)).forEach(inOrder::add);
        ((ObjectNode) element).set(set, inOrder);
      }
    }
    return universe;
  }
}
