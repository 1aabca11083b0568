package equerry.datastore.write;

import equerry.api.dataset.DatasetRef;
import equerry.api.file.FileEdits.Content;

/// A dataset to be stored.
///
/// @param ref the whole dataset, never a component, with implied values and with the dimension
///     records that templates need
/// @param content its one file, or that of each of its components
public record PutRequest(DatasetRef ref, Content content) {}
