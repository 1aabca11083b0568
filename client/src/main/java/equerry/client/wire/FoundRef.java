package equerry.client.wire;

import equerry.api.dataset.DatasetType;
import org.jspecify.annotations.Nullable;

/// A dataset that a stream of refs has found.
///
/// @param type its dataset type; one object as long as refs of the same type follow each other
/// @param row its columns: keys, `dataset_id`, `run`, records
public record FoundRef(DatasetType type, @Nullable Object[] row) {}
