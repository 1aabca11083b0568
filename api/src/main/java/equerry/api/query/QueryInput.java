package equerry.api.query;

import equerry.api.dimension.DimensionGroup;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Rows that a query joins beside those of the repository.
public sealed interface QueryInput {
  /// The key under which a [QueryTree] names it.
  UUID key();

  /// Data IDs that the user brings.
  ///
  /// @param dimensions their dimensions
  /// @param rows required values of each, in order
  record Upload(UUID key, DimensionGroup dimensions, List<List<Object>> rows)
      implements QueryInput {}

  /// The data IDs that another query finds.
  ///
  /// @param tree that query
  /// @param dimensions the dimensions to keep
  /// @param datasets the dataset types whose searches it has already applied
  /// @param allowDuplicateOverlaps whether spatial joins may repeat rows
  record Materialized(
      UUID key,
      QueryTree tree,
      DimensionGroup dimensions,
      Set<String> datasets,
      boolean allowDuplicateOverlaps)
      implements QueryInput {}
}
