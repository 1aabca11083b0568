package equerry.registry.schema;

import equerry.registry.schema.ColumnDefinition.Presence;
import equerry.registry.schema.ForeignKey.OnDelete;
import equerry.registry.schema.SchemaVariant.CollectionKeys;
import java.util.List;

/// The tables of collections, and columns of other tables that refer to them.
final class CollectionTables {
  private final CollectionKeys keys;

  CollectionTables(CollectionKeys keys) {
    this.keys = keys;
  }

  /// `collection`, `run` and `collection_chain`.
  List<TableDefinition> all() {
    return List.of(collection(), run(), chain());
  }

  private TableDefinition collection() {
    TableBuilder table = new TableBuilder("collection");
    switch (keys) {
      case INTEGER ->
          table
              .addKey(ColumnDefinition.numbered(keys.primaryKey()))
              .add(ColumnDefinition.required("name", StoredType.TEXT))
              .unique(List.of("name"));
      case NAME -> table.addKey("name", StoredType.TEXT);
    }
    return table
        .add(ColumnDefinition.required("type", StoredType.SMALLINT))
        .add(ColumnDefinition.optional("doc", StoredType.TEXT))
        .build();
  }

  private TableDefinition run() {
    String key = keys.primaryKey();
    return new TableBuilder("run")
        .addKey(key, plainKey())
        .add(ColumnDefinition.optional("host", StoredType.TEXT))
        .add(ColumnDefinition.optional("timespan", StoredType.TIMESPAN))
        .refer(key, "collection", key, OnDelete.CASCADE)
        .build();
  }

  private TableDefinition chain() {
    return new TableBuilder("collection_chain")
        .addKey("parent", plainKey())
        .addKey("position", StoredType.SMALLINT)
        .add(ColumnDefinition.required("child", plainKey()))
        .refer("parent", "collection", keys.primaryKey(), OnDelete.CASCADE)
        .refer("child", "collection", keys.primaryKey(), OnDelete.REFUSE)
        .build();
  }

  /// Names have no limit in these two tables, and the type differs from that in all others.
  private StoredType plainKey() {
    return keys == CollectionKeys.INTEGER ? StoredType.BIGINT : StoredType.VARCHAR;
  }

  private StoredType key() {
    return keys == CollectionKeys.INTEGER ? StoredType.BIGINT : StoredType.TEXT;
  }

  /// The name of the column that refers to a collection.
  String column() {
    return keys.collectionColumn();
  }

  /// Adds a reference to a collection, whose deletion deletes the row, as part of the key.
  void addKey(TableBuilder table) {
    table.addKey(column(), key());
    refer(table);
  }

  /// Adds a reference to a collection, whose deletion deletes the row.
  void add(TableBuilder table) {
    table.add(ColumnDefinition.required(column(), key()));
    refer(table);
  }

  private void refer(TableBuilder table) {
    table.refer(column(), "collection", keys.primaryKey(), OnDelete.CASCADE);
  }

  /// Adds a reference to a run, whose deletion deletes the row.
  void addRun(TableBuilder table) {
    table
        .add(new ColumnDefinition(keys.runColumn(), key(), Presence.REQUIRED, null))
        .refer(keys.runColumn(), "run", keys.primaryKey(), OnDelete.CASCADE);
  }
}
