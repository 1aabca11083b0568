package equerry.api.collection;

import equerry.api.dataset.DatasetType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a collection may hold. Summaries never shrink, so a type listed here may have no dataset.
///
/// @param datasetTypes dataset types
/// @param governors values of the governor dimensions that have any
public record CollectionSummary(
    List<DatasetType> datasetTypes, Map<String, Set<String>> governors) {}
