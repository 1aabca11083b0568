package equerry.registry;

/// A table in which a datastore keeps its file records.
///
/// @param datastore the datastore's name in `dataset_location`
/// @param table the table's name
public record RecordTable(String datastore, String table) {}
