package equerry.registry.query;

import equerry.api.dimension.DimensionGroup;
import java.util.Collection;
import java.util.List;

/// What a plan's rows must have, and how they are made unique.
///
/// @param dimensions keys of the rows, required then implied
/// @param columns every column that the statement must have, keys included
/// @param findFirst the dataset type of which only the first dataset counts, empty for none
record Projection(DimensionGroup dimensions, List<LogicalColumn> columns, String findFirst) {
  Projection {
    columns = List.copyOf(columns);
  }

  /// This projection with other columns, those that rows are sorted by among them.
  Projection with(Collection<LogicalColumn> others) {
    return new Projection(dimensions, List.copyOf(others), findFirst);
  }
}
