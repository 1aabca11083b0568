package equerry.registry.schema;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.dimension.Topology;
import equerry.registry.schema.ForeignKey.OnDelete;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables of the pixels that regions touch.
///
/// The tables of pairs of elements, such as `tract_visit_overlap`, are always empty: the stock
/// package makes them so that the schema stays the same.
final class OverlapTables {
  private static final StoredType SYSTEM = StoredType.text(16);
  private final DimensionUniverse universe;
  private final DimensionColumns dimensions;

  OverlapTables(DimensionUniverse universe) {
    this.universe = universe;
    this.dimensions = new DimensionColumns(universe);
  }

  List<TableDefinition> all() {
    List<TableDefinition> tables = new ArrayList<>();
    Map<Topology, List<DimensionElement>> families = new LinkedHashMap<>();
    for (DimensionElement element : universe.elements()) {
      if (element.hasTable() && element.spatial().isPresent()) {
        families.computeIfAbsent(element.spatial().get(), family -> new ArrayList<>()).add(element);
        tables.addAll(pixels(element));
      }
    }
    List<List<DimensionElement>> groups = List.copyOf(families.values());
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        for (DimensionElement a : groups.get(i)) {
          groups.get(j).forEach(b -> tables.addAll(pair(a, b)));
        }
      }
    }
    return tables;
  }

  private List<TableDefinition> pixels(DimensionElement element) {
    String name = element.name() + "_skypix_overlap";
    String governor = governor(element);
    TableBuilder summary =
        new TableBuilder(name + "_summary")
            .addKey("skypix_system", SYSTEM)
            .addKey("skypix_level", StoredType.SMALLINT);
    dimensions.addKey(summary, governor);
    List<String> pixelSet = List.of("skypix_system", "skypix_level", governor);
    TableBuilder overlap =
        new TableBuilder(name)
            .addKey("skypix_system", SYSTEM)
            .addKey("skypix_level", StoredType.SMALLINT)
            .refer(new ForeignKey(pixelSet, name + "_summary", pixelSet, OnDelete.CASCADE));
    element.required().forEach(dimension -> dimensions.addKey(overlap, dimension));
    overlap.addKey("skypix_index", StoredType.BIGINT);
    List<String> byPixel =
        new ArrayList<>(List.of("skypix_system", "skypix_level", "skypix_index"));
    byPixel.addAll(element.required());
    overlap.index(Index.on(byPixel));
    return List.of(summary.build(), overlap.build());
  }

  private List<TableDefinition> pair(DimensionElement a, DimensionElement b) {
    boolean inOrder = universe.compareNames(a.name(), b.name()) <= 0;
    DimensionElement first = inOrder ? a : b;
    DimensionElement second = inOrder ? b : a;
    String name = first.name() + "_" + second.name() + "_overlap";
    List<String> governors = List.of(governor(first), governor(second));
    TableBuilder summary = new TableBuilder(name + "_summary");
    TableBuilder overlap = new TableBuilder(name);
    for (String governor : governors) {
      dimensions.addKey(summary, governor);
      dimensions.addKey(overlap, governor);
    }
    for (DimensionElement element : List.of(first, second)) {
      element.required().stream()
          .filter(dimension -> !governors.contains(dimension))
          .forEach(dimension -> dimensions.addKey(overlap, dimension));
    }
    return List.of(summary.build(), overlap.build());
  }

  private String governor(DimensionElement element) {
    return element.required().stream()
        .filter(name -> universe.element(name).isGovernor())
        .findFirst()
        .orElseThrow();
  }
}
