package equerry.registry.schema;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.schema.ForeignKey.OnDelete;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Columns of tables that hold values of dimensions, and what they refer to.
final class DimensionColumns {
  private final DimensionUniverse universe;

  DimensionColumns(DimensionUniverse universe) {
    this.universe = universe;
  }

  /// Adds the value of a dimension as part of a table's key.
  void addKey(TableBuilder table, String dimension) {
    table.addKey(column(dimension));
    reference(dimension).ifPresent(table::refer);
  }

  /// Adds the value of a dimension as a required column.
  void add(TableBuilder table, String dimension) {
    table.add(column(dimension));
    reference(dimension).ifPresent(table::refer);
  }

  private ColumnDefinition column(String dimension) {
    Column key = universe.dimension(dimension).primaryKey();
    return ColumnDefinition.required(dimension, StoredType.of(key));
  }

  /// What a dimension's column refers to; nothing where it has no table of records.
  private Optional<ForeignKey> reference(String name) {
    DimensionElement dimension = universe.dimension(name);
    if (!dimension.hasTable()) {
      return Optional.empty();
    }
    List<String> targets = new ArrayList<>(dimension.required());
    targets.set(targets.size() - 1, dimension.primaryKey().name());
    return Optional.of(new ForeignKey(dimension.required(), name, targets, OnDelete.REFUSE));
  }
}
