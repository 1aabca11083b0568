package equerry.registry.schema;

import equerry.registry.schema.ColumnDefinition.Presence;
import equerry.registry.schema.ForeignKey.OnDelete;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a [TableDefinition] together, column by column.
public final class TableBuilder {
  private final String name;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<String> primaryKey = new ArrayList<>();
  private final List<List<String>> uniques = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final List<Index> indexes = new ArrayList<>();
  private @Nullable String comment;

  public TableBuilder(String name) {
    this.name = name;
  }

  public TableBuilder add(ColumnDefinition column) {
    columns.add(column);
    return this;
  }

  /// Adds a column that is part of the primary key.
  public TableBuilder addKey(ColumnDefinition column) {
    primaryKey.add(column.name());
    return add(column);
  }

  /// Adds a required column that is part of the primary key.
  public TableBuilder addKey(String column, StoredType type) {
    return addKey(new ColumnDefinition(column, type, Presence.REQUIRED, null));
  }

  public TableBuilder unique(List<String> group) {
    uniques.add(group);
    return this;
  }

  public TableBuilder refer(ForeignKey key) {
    foreignKeys.add(key);
    return this;
  }

  /// Adds a reference of one column to another's.
  public TableBuilder refer(String column, String table, String target, OnDelete onDelete) {
    return refer(ForeignKey.to(table, column, target, onDelete));
  }

  public TableBuilder index(Index index) {
    indexes.add(index);
    return this;
  }

  public TableBuilder comment(String text) {
    comment = text;
    return this;
  }

  public TableDefinition build() {
    return new TableDefinition(name, columns, primaryKey, uniques, foreignKeys, indexes, comment);
  }
}
