package equerry.registry.schema;

import equerry.api.dimension.DimensionUniverse;
import java.util.ArrayList;
import java.util.List;

/// The tables that a registry has from the start.
public final class StaticTables {
  private StaticTables() {}

  /// All of them, each after those that it refers to.
  public static List<TableDefinition> of(DimensionUniverse universe, SchemaVariant variant) {
    List<TableDefinition> tables = new ArrayList<>();
    tables.add(
        new TableBuilder("butler_attributes")
            .addKey("name", StoredType.TEXT)
            .add(ColumnDefinition.required("value", StoredType.TEXT))
            .build());
    tables.addAll(new DimensionTables(universe).records());
    tables.addAll(new OverlapTables(universe).all());
    tables.addAll(DimensionTables.groups());
    tables.addAll(new CollectionTables(variant.collectionKeys()).all());
    tables.addAll(DatasetTables.fixed(universe, variant));
    tables.addAll(OpaqueTables.fixed());
    return List.copyOf(tables);
  }
}
