package equerry.registry.schema;

import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.schema.ForeignKey.OnDelete;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The tables of datasets: those that every registry has, and those of one group of dimensions.
public final class DatasetTables {
  private DatasetTables() {}

  /// The table of which dataset is in which RUN or TAGGED collection, for one group of dimensions.
  ///
  /// @param key the group's key in `dimension_graph_key`, 0 for the group without dimensions
  public static TableDefinition tags(
      DimensionUniverse universe, DimensionGroup group, long key, SchemaVariant variant) {
    CollectionTables collections = new CollectionTables(variant.collectionKeys());
    TableBuilder table = new TableBuilder(name("dataset_tags_", key));
    addType(table);
    table
        .addKey("dataset_id", StoredType.UUID)
        .refer("dataset_id", "dataset", "id", OnDelete.CASCADE);
    collections.addKey(table);
    List<String> dataId = addDataId(table, universe, group, collections);
    return table.unique(dataId).build();
  }

  /// The table of which dataset is valid when in which CALIBRATION collection, for one group of
  /// dimensions.
  ///
  /// No constraint forbids that timespans overlap; whoever inserts must look.
  ///
  /// @param key the group's key in `dimension_graph_key`, 0 for the group without dimensions
  public static TableDefinition calibs(
      DimensionUniverse universe, DimensionGroup group, long key, SchemaVariant variant) {
    CollectionTables collections = new CollectionTables(variant.collectionKeys());
    TableBuilder table = new TableBuilder(name("dataset_calibs_", key));
    table.addKey(ColumnDefinition.numbered("id"));
    addType(table);
    table
        .add(ColumnDefinition.required("dataset_id", StoredType.UUID))
        .refer("dataset_id", "dataset", "id", OnDelete.CASCADE);
    collections.add(table);
    List<String> lookup = addDataId(table, universe, group, collections);
    lookup.add("timespan");
    return table
        .add(ColumnDefinition.defaulted("timespan", StoredType.TIMESPAN))
        .index(Index.on(lookup))
        .build();
  }

  private static String name(String start, long key) {
    return start + String.format(Locale.ROOT, "%08d", key);
  }

  private static void addType(TableBuilder table) {
    table
        .add(ColumnDefinition.required("dataset_type_id", StoredType.BIGINT))
        .refer("dataset_type_id", "dataset_type", "id", OnDelete.REFUSE);
  }

  /// Adds the required dimensions, and references to the summary rows that every row must have.
  ///
  /// @return the columns that say what a dataset is in which collection
  private static List<String> addDataId(
      TableBuilder table,
      DimensionUniverse universe,
      DimensionGroup group,
      CollectionTables collections) {
    DimensionColumns dimensions = new DimensionColumns(universe);
    String collection = collections.column();
    List<String> ofType = List.of(collection, "dataset_type_id");
    table.refer(new ForeignKey(ofType, "collection_summary_dataset_type", ofType, OnDelete.REFUSE));
    List<String> dataId = new ArrayList<>(List.of("dataset_type_id", collection));
    for (String dimension : group.required()) {
      dimensions.add(table, dimension);
      dataId.add(dimension);
      if (universe.element(dimension).isGovernor()) {
        List<String> summary = List.of(collection, dimension);
        String summaries = "collection_summary_" + dimension;
        table.refer(new ForeignKey(summary, summaries, summary, OnDelete.REFUSE));
      }
    }
    return dataId;
  }

  /// `dataset_type`, `dataset`, and the summaries of collections.
  static List<TableDefinition> fixed(DimensionUniverse universe, SchemaVariant variant) {
    CollectionTables collections = new CollectionTables(variant.collectionKeys());
    List<TableDefinition> tables = new ArrayList<>();
    tables.add(type());
    tables.add(dataset(variant, collections));
    TableBuilder types = new TableBuilder("collection_summary_dataset_type");
    collections.addKey(types);
    tables.add(
        types
            .addKey("dataset_type_id", StoredType.BIGINT)
            .refer("dataset_type_id", "dataset_type", "id", OnDelete.CASCADE)
            .build());
    DimensionColumns dimensions = new DimensionColumns(universe);
    universe.elements().stream()
        .filter(element -> element.isGovernor())
        .forEach(
            governor -> {
              TableBuilder table = new TableBuilder("collection_summary_" + governor.name());
              collections.addKey(table);
              dimensions.addKey(table, governor.name());
              tables.add(table.build());
            });
    return tables;
  }

  private static TableDefinition type() {
    return new TableBuilder("dataset_type")
        .addKey(ColumnDefinition.numbered("id").commented("Identifies the type in other tables."))
        .add(
            ColumnDefinition.required("name", StoredType.TEXT)
                .commented("What users call the type."))
        .add(
            ColumnDefinition.required("storage_class", StoredType.TEXT)
                .commented("The storage class that its datasets have."))
        .add(
            ColumnDefinition.required("dimensions_key", StoredType.BIGINT)
                .commented("The group of its dimensions, see dimension_graph_key."))
        .add(
            ColumnDefinition.required("tag_association_table", StoredType.TEXT)
                .commented("The table of its datasets in RUN and TAGGED collections."))
        .add(
            ColumnDefinition.optional("calibration_association_table", StoredType.TEXT)
                .commented(
                    "The table of its datasets in CALIBRATION collections; null if it is no"
                        + " calibration."))
        .unique(List.of("name"))
        .build();
  }

  private static TableDefinition dataset(SchemaVariant variant, CollectionTables collections) {
    TableBuilder table = new TableBuilder("dataset");
    table
        .addKey(
            ColumnDefinition.required("id", StoredType.UUID).commented("Identifies the dataset."))
        .add(
            ColumnDefinition.required("dataset_type_id", StoredType.BIGINT)
                .commented("Its row of dataset_type."))
        .add(
            (variant.ingestDates() == IngestDates.TAI_NANOS
                    ? ColumnDefinition.required("ingest_date", StoredType.BIGINT)
                    : ColumnDefinition.defaulted("ingest_date", StoredType.TIMESTAMP))
                .commented("When it came into the repository."))
        .refer("dataset_type_id", "dataset_type", "id", OnDelete.REFUSE);
    collections.addRun(table);
    return table.build();
  }
}
