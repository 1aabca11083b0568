package equerry.registry.schema;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.schema.ForeignKey.OnDelete;
import java.util.ArrayList;
import java.util.List;

/// The tables of dimension records, and those that say which groups of dimensions have tables of
/// datasets.
final class DimensionTables {
  private final DimensionUniverse universe;
  private final DimensionColumns dimensions;

  DimensionTables(DimensionUniverse universe) {
    this.universe = universe;
    this.dimensions = new DimensionColumns(universe);
  }

  /// One table for each element that has records of its own, in universe order.
  List<TableDefinition> records() {
    return universe.elements().stream()
        .filter(DimensionElement::hasTable)
        .map(this::records)
        .toList();
  }

  private TableDefinition records(DimensionElement element) {
    TableBuilder table = new TableBuilder(element.name());
    List<String> others = new ArrayList<>(element.required());
    others.remove(element.name());
    others.forEach(name -> dimensions.addKey(table, name));
    if (element.isDimension()) {
      Column key = element.primaryKey();
      table.addKey(key.name(), StoredType.of(key));
    }
    element.implied().forEach(name -> dimensions.add(table, name));
    for (Column field : element.fields()) {
      table.add(ColumnDefinition.optional(field.name(), StoredType.of(field)));
    }
    for (Column alternate : element.alternateKeys()) {
      List<String> unique = new ArrayList<>(others);
      unique.add(alternate.name());
      table.unique(unique);
    }
    return table.build();
  }

  /// `dimension_graph_key` and `dimension_graph_definition`.
  static List<TableDefinition> groups() {
    TableDefinition keys =
        new TableBuilder("dimension_graph_key").addKey(ColumnDefinition.numbered("id")).build();
    TableDefinition definitions =
        new TableBuilder("dimension_graph_definition")
            .addKey("dimension_graph_id", StoredType.BIGINT)
            .addKey("dimension_name", StoredType.TEXT)
            .refer("dimension_graph_id", keys.name(), "id", OnDelete.CASCADE)
            .build();
    return List.of(keys, definitions);
  }
}
