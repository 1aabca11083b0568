package equerry.registry.schema;

/// The ways in which the tables of repositories differ.
///
/// @param collectionKeys what identifies a collection in other tables
/// @param ingestDates how the time of a dataset's making is kept
public record SchemaVariant(CollectionKeys collectionKeys, IngestDates ingestDates) {

  /// What identifies a collection.
  public enum CollectionKeys {
    /// An integer, in columns `collection_id` and `run_id`.
    INTEGER("collection_id", "run_id", "collection_id"),
    /// Its name, in columns `collection_name` and `run_name`.
    NAME("collection_name", "run_name", "name");

    private final String collectionColumn;
    private final String runColumn;
    private final String primaryKey;

    CollectionKeys(String collectionColumn, String runColumn, String primaryKey) {
      this.collectionColumn = collectionColumn;
      this.runColumn = runColumn;
      this.primaryKey = primaryKey;
    }

    /// The column of tags, calibs and summary tables.
    public String collectionColumn() {
      return collectionColumn;
    }

    /// The column of the dataset table.
    public String runColumn() {
      return runColumn;
    }

    /// The primary key of the collection table.
    public String primaryKey() {
      return primaryKey;
    }
  }

  /// How the time of a dataset's making is kept.
  public enum IngestDates {
    /// TAI nanoseconds (datasets manager 2.0).
    TAI_NANOS,
    /// A UTC timestamp without zone (datasets manager 1.0).
    UTC_TIMESTAMP
  }
}
