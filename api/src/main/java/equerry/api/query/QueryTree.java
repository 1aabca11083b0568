package equerry.api.query;

import equerry.api.dimension.DimensionGroup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What a query joins and which rows it keeps, as the user said it; no name is resolved yet.
///
/// @param dimensions every dimension of the query
/// @param datasets searches that are joined, by dataset type
/// @param uploads dimensions of the uploaded tables that are joined, by key
/// @param materializations dimensions of earlier queries that are joined, by key
/// @param predicate the rows to keep
/// @param validateGovernors whether a condition on a dimension needs one on its governor
public record QueryTree(
    DimensionGroup dimensions,
    Map<String, DatasetSearch> datasets,
    Map<UUID, DimensionGroup> uploads,
    Map<UUID, DimensionGroup> materializations,
    Predicate predicate,
    boolean validateGovernors) {

  /// Where datasets of a type are searched.
  ///
  /// @param collections names in search order; chains are not flattened
  /// @param dimensions dimensions of the dataset type as the user knows it
  public record DatasetSearch(List<String> collections, DimensionGroup dimensions) {
    public DatasetSearch {
      collections = List.copyOf(collections);
    }
  }

  public QueryTree {
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    uploads = Collections.unmodifiableMap(new LinkedHashMap<>(uploads));
    materializations = Collections.unmodifiableMap(new LinkedHashMap<>(materializations));
  }

  /// A query of dimensions alone.
  public static QueryTree of(DimensionGroup dimensions, Predicate predicate) {
    return new QueryTree(dimensions, Map.of(), Map.of(), Map.of(), predicate, true);
  }

  /// The dimensions of everything that is joined.
  public Stream<DimensionGroup> operandDimensions() {
    return Stream.of(
            datasets.values().stream().map(DatasetSearch::dimensions),
            uploads.values().stream(),
            materializations.values().stream())
        .flatMap(groups -> groups);
  }
}
