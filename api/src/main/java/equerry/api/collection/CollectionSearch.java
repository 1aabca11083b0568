package equerry.api.collection;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which collections to list, and what to tell of each.
///
/// @param expression names and globs (`*`, `?`, `[…]`), in order
/// @param types the kinds to keep
/// @param chains what to do with chains
/// @param details what to tell
/// @param summaryDatasets the dataset types that summaries are limited to, null for all
public record CollectionSearch(
    List<String> expression,
    Set<CollectionType> types,
    Chains chains,
    Set<Detail> details,
    @Nullable Set<String> summaryDatasets) {

  /// Whether chains are listed themselves and whether their members are.
  ///
  /// @param flatten list the members of chains, recursively
  /// @param include list the chains themselves
  public record Chains(boolean flatten, boolean include) {}

  /// Facts that cost a look-up.
  public enum Detail {
    DOC,
    PARENTS,
    SUMMARY
  }

  public CollectionSearch {
    expression = List.copyOf(expression);
    types = Set.copyOf(types);
    details = Set.copyOf(details);
  }
}
