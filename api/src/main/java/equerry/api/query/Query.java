package equerry.api.query;

import equerry.api.dimension.DataId;
import java.util.List;

/// A query tree with all that it needs to be answered.
///
/// @param tree what to join and keep
/// @param defaults governor values to use where the tree has none
/// @param inputs uploads and materializations, in the order in which they build on each other
public record Query(QueryTree tree, DataId defaults, List<QueryInput> inputs) {
  public Query {
    inputs = List.copyOf(inputs);
  }
}
