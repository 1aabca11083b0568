package equerry.api.collection;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be told of a collection without reading its datasets.
///
/// @param name its name
/// @param type its kind
/// @param doc its documentation, empty when there is none or it was not asked for
/// @param children members of a chain in search order, else empty
/// @param parents chains that it is a direct member of, null when not asked for
/// @param datasetTypes names of the dataset types it may hold, null when not asked for
public record CollectionInfo(
    String name,
    CollectionType type,
    String doc,
    List<String> children,
    @Nullable Set<String> parents,
    @Nullable Set<String> datasetTypes) {}
