package equerry.api.dimension;

import static equerry.api.dimension.UniverseFacts.list;
import static equerry.api.dimension.UniverseFacts.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionUniverseTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void identityAndOrderAreThoseOfTheStockPackage(int version) {
    Map<String, Object> facts = UniverseFacts.of(version);
    DimensionUniverse universe = UniverseFacts.universe(version);

    assertThat(universe.config().version()).isEqualTo(facts.get("version"));
    assertThat(universe.config().namespace()).isEqualTo(facts.get("namespace"));
    assertThat(universe.config().commonSkypix()).isEqualTo(facts.get("common_skypix"));
    assertThat(universe.elements().stream().map(DimensionElement::name))
        .containsExactlyElementsOf(list(facts, "order"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void elementsAreThoseOfTheStockPackage(int version) {
    DimensionUniverse universe = UniverseFacts.universe(version);
    Map<String, Object> expected = map(UniverseFacts.of(version), "elements");

    Map<String, Object> actual = new HashMap<>();
    universe.elements().forEach(element -> actual.put(element.name(), describe(element)));

    expected.forEach((name, facts) -> assertThat(actual.get(name)).as(name).isEqualTo(facts));
    assertThat(actual).hasSameSizeAs(expected);
  }

  private static Map<String, Object> describe(DimensionElement element) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("dimension", element.isDimension());
    facts.put("required", element.required());
    facts.put("implied", element.implied());
    facts.put("alternate_keys", element.alternateKeys().stream().map(Column::name).toList());
    facts.put(
        "columns",
        element.recordColumns().stream().map(c -> List.of(c.name(), c.type().label())).toList());
    facts.put("governor", element.isGovernor());
    facts.put("cached", element.isCached());
    facts.put("defines_relationships", element.definesRelationships());
    facts.put("has_table", element.hasTable());
    facts.put("implied_union_target", element.impliedUnionTarget().orElse(null));
    facts.put("spatial", element.spatial().map(Topology::name).orElse(null));
    facts.put("temporal", element.temporal().map(Topology::name).orElse(null));
    return facts;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void familiesHoldTheElementsOfTheStockPackage(int version) {
    Map<String, List<String>> families = new TreeMap<>();
    for (DimensionElement element : UniverseFacts.universe(version).elements()) {
      element.spatial().ifPresent(f -> families.put(f.name(), sorted(f)));
      element.temporal().ifPresent(f -> families.put(f.name(), sorted(f)));
    }

    assertThat(families).isEqualTo(map(UniverseFacts.of(version), "families"));
  }

  private static List<String> sorted(Topology family) {
    return family.members().stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void groupsAreThoseOfTheStockPackage(int version) {
    DimensionUniverse universe = UniverseFacts.universe(version);
    List<Map<String, Object>> groups = list(UniverseFacts.of(version), "groups");

    assertThat(groups).hasSizeGreaterThan(50);
    for (Map<String, Object> facts : groups) {
      List<String> asked = list(facts, "asked");
      DimensionGroup group = universe.group(asked);

      assertThat(group.names()).as("names of %s", asked).isEqualTo(facts.get("names"));
      assertThat(group.required()).as("required of %s", asked).isEqualTo(facts.get("required"));
      assertThat(group.implied()).as("implied of %s", asked).isEqualTo(facts.get("implied"));
      assertThat(group.keys()).as("keys of %s", asked).isEqualTo(facts.get("keys"));
      assertThat(group.governors()).as("governors of %s", asked).isEqualTo(facts.get("governors"));
      assertThat(group.elements().stream().map(DimensionElement::name))
          .as("elements of %s", asked)
          .containsExactlyElementsOf(list(facts, "elements"));
      assertThat(group.lookupOrder().stream().map(DimensionElement::name))
          .as("lookup order of %s", asked)
          .containsExactlyElementsOf(list(facts, "lookup_order"));
      assertThat(group.spatial().stream().map(Topology::name).sorted())
          .as("spatial families of %s", asked)
          .containsExactlyElementsOf(list(facts, "spatial"));
      assertThat(group.temporal().stream().map(Topology::name).sorted())
          .as("temporal families of %s", asked)
          .containsExactlyElementsOf(list(facts, "temporal"));
    }
  }

  @Test
  void equalGroupsAreTheSameObject() {
    DimensionUniverse universe = UniverseFacts.universe(8);

    assertThat(universe.group(List.of("visit")))
        .isSameAs(universe.group(List.of("physical_filter", "visit", "band")));
    assertThat(universe.group(List.of("visit")).union(universe.group(List.of("band"))))
        .isSameAs(universe.group(List.of("visit")));
    assertThat(universe.emptyGroup().names()).isEmpty();
  }

  @Test
  void unionHoldsTheDimensionsOfBoth() {
    DimensionUniverse universe = UniverseFacts.universe(8);
    DimensionGroup union = universe.group(List.of("tract")).union(universe.group(List.of("visit")));

    assertThat(union).isSameAs(universe.group(List.of("tract", "visit")));
    assertThat(union.containsAll(universe.group(List.of("visit")))).isTrue();
    assertThat(universe.group(List.of("visit")).containsAll(union)).isFalse();
  }

  @Test
  void aCombinationIsNoDimension() {
    DimensionUniverse universe = UniverseFacts.universe(8);

    assertThat(universe.hasDimension("visit_detector_region")).isFalse();
    assertThatThrownBy(() -> universe.group(List.of("visit_detector_region")))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DIMENSION_NAME))
        .hasMessageContaining("visit_detector_region");
  }

  @Test
  void aDescriptionWithACycleIsRefused() {
    Map<String, Object> a = Map.of("keys", List.of(key()), "requires", List.of("b"));
    Map<String, Object> b = Map.of("keys", List.of(key()), "requires", List.of("a"));

    assertThatThrownBy(() -> DimensionUniverse.of(config(Map.of("a", a, "b", b))))
        .isInstanceOfSatisfying(
            ButlerException.Invalid.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("cycle");
  }

  @Test
  void aDescriptionOfTheWrongShapeIsRefusedByItsPlace() {
    Map<String, Object> a = Map.of("keys", "id");

    assertThatThrownBy(() -> DimensionUniverse.of(config(Map.of("a", a))))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("elements.a.keys");
    assertThatThrownBy(() -> DimensionUniverse.of(Map.of()))
        .isInstanceOf(ButlerException.Invalid.class)
        .hasMessageContaining("'elements'");
  }

  private static Map<String, Object> key() {
    return Map.of("name", "id", "type", "int");
  }

  private static Map<String, Object> config(Map<String, Object> elements) {
    return Map.of("version", 1, "skypix", Map.of("common", "htm7"), "elements", elements);
  }
}
