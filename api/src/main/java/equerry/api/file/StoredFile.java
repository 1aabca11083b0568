package equerry.api.file;

/// A file record together with the datastore that holds it.
///
/// @param datastore name of the datastore as `dataset_location` has it, such as
///     `FileDatastore@<butlerRoot>`
/// @param record what that datastore remembers
public record StoredFile(String datastore, FileRecord record) {}
