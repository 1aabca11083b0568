package equerry.api.error;

/// A stable name for each fact that an error can report.
///
/// The wire name is what the butler protocol calls it in `error_type`; the stock Python client turns
/// it into the exception class of the same name. Codes without a counterpart there have the wire
/// name `unknown`, which that client raises as `UnknownButlerUserError`.
public enum ErrorCode {
  CALIBRATION_LOOKUP("calibration_lookup"),
  COLLECTION_CYCLE("collection_cycle"),
  COLLECTION_TYPE("collection_type"),
  DATA_ID_VALUE("data_id_value"),
  DATASET_NOT_FOUND("dataset_not_found"),
  DATASET_TYPE_EXPRESSION("dataset_type_expression"),
  DIMENSION_NAME("dimension_name"),
  DIMENSION_VALUE("dimension_value"),
  INCONSISTENT_DATA_ID("inconsistent_data_id"),
  INVALID_QUERY("invalid_query"),
  MISSING_COLLECTION("missing_collection"),
  MISSING_DATASET_TYPE("missing_dataset_type"),
  UNIMPLEMENTED_QUERY("unimplemented_query"),
  UNKNOWN_COMPONENT("unknown_component"),
  /// A request that is not even well-formed: broken JSON, a field of the wrong type, a bad UUID.
  MALFORMED("unknown"),
  /// A repository label that no one configured.
  UNKNOWN_REPOSITORY("unknown"),
  /// A repository that is configured but cannot be opened or read now.
  REPOSITORY_UNAVAILABLE("unknown"),
  /// All connections to a repository's database are in use, which passes by itself.
  DATABASE_BUSY("unknown"),
  /// A repository made by a version of the schema that this program does not know.
  UNSUPPORTED_REPOSITORY("unknown"),
  /// A document of a later version of its format, or of another program.
  UNSUPPORTED_DOCUMENT("unknown"),
  /// A value in a configuration file or in the environment that cannot be used.
  CONFIGURATION("unknown"),
  /// A definition, dataset or record that is there already, with other values or in the way.
  CONFLICT("unknown"),
  /// Something that cannot be removed since something else refers to it.
  ORPHANED_RECORDS("unknown"),
  /// A dataset type that does not fit what is asked of it.
  DATASET_TYPE("unknown"),
  /// A name that cannot be given to a new collection or dataset type.
  INVALID_NAME("unknown"),
  /// A repository that cannot be made at a place since something is there.
  REPOSITORY_EXISTS("unknown"),
  /// A datastore whose disk or quota is full.
  STORAGE_FULL("unknown"),
  /// A repository or datastore that this process may not write to.
  READ_ONLY("unknown"),
  /// A file whose size or checksum is not the one that its record says.
  FILE_INTEGRITY("unknown"),
  /// A commit whose connection was lost before its answer came: it may have been done.
  OUTCOME_UNKNOWN("unknown"),
  /// A dataset that no datastore of the repository accepts.
  DATASET_REJECTED("unknown"),
  /// A file that was named and does not exist, or no longer.
  FILE_MISSING("unknown"),
  /// A template, formatter or run name that gives a dataset no usable file name.
  FILE_TEMPLATE("unknown"),
  /// A zip file that is none of datasets, or contradicts its index.
  ZIP_INDEX("unknown"),
  ACCESS_DENIED("unknown"),
  LIMIT_EXCEEDED("unknown"),
  FILE_UNAVAILABLE("unknown"),
  INTERNAL("unknown"),
  /// An error of another butler that this program has no name for; the message says which.
  UNKNOWN("unknown");

  private final String wireName;

  ErrorCode(String wireName) {
    this.wireName = wireName;
  }

  /// The `error_type` of the protocol.
  public String wireName() {
    return wireName;
  }
}
