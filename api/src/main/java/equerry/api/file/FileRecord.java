package equerry.api.file;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a file datastore remembers of one artifact of a dataset.
///
/// @param datasetId the dataset
/// @param component the component of a disassembled composite, null for a whole dataset
/// @param path POSIX path relative to the datastore's root, unquoted, possibly with a `#zip-path=`
///     fragment; or an absolute URI for files that were ingested where they lay
/// @param formatter name of the Python class that reads the file; opaque here
/// @param storageClass storage class as written
/// @param checksum hex digest, null when none was taken
/// @param sizeBytes size of the file, -1 when unknown
public record FileRecord(
    UUID datasetId,
    @Nullable String component,
    String path,
    String formatter,
    String storageClass,
    @Nullable String checksum,
    long sizeBytes) {}
