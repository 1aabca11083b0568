package equerry.registry.schema;

import equerry.registry.schema.ForeignKey.OnDelete;
import java.util.List;

/// The tables that datastores keep in the registry.
public final class OpaqueTables {
  private OpaqueTables() {}

  /// The table of a file datastore's records. It is made when a repository is first opened for
  /// writing, together with its row in `opaque_meta`.
  ///
  /// @param name what the datastore's configuration calls it
  public static TableDefinition fileRecords(String name) {
    return new TableBuilder(name)
        .addKey("dataset_id", StoredType.UUID)
        .add(ColumnDefinition.required("path", StoredType.TEXT))
        .add(ColumnDefinition.required("formatter", StoredType.TEXT))
        .add(ColumnDefinition.required("storage_class", StoredType.TEXT))
        .addKey("component", StoredType.text(32))
        .add(ColumnDefinition.optional("checksum", StoredType.TEXT))
        .add(ColumnDefinition.optional("file_size", StoredType.BIGINT))
        .index(Index.on(List.of("path")))
        .build();
  }

  /// `opaque_meta`, `dataset_location` and `dataset_location_trash`.
  static List<TableDefinition> fixed() {
    ColumnDefinition datastore =
        ColumnDefinition.required("datastore_name", StoredType.TEXT)
            .commented("The datastore's name.");
    return List.of(
        new TableBuilder("opaque_meta").addKey("table_name", StoredType.TEXT).build(),
        new TableBuilder("dataset_location")
            .comment("Which dataset has files in which datastore.")
            .addKey(datastore)
            .addKey("dataset_id", StoredType.UUID)
            .refer("dataset_id", "dataset", "id", OnDelete.REFUSE)
            .build(),
        new TableBuilder("dataset_location_trash")
            .comment("Which dataset's files in which datastore are to be deleted.")
            .addKey("dataset_id", StoredType.UUID)
            .addKey(datastore)
            .build());
  }
}
