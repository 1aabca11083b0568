package equerry.api.collection;

import equerry.api.error.ButlerException;
import java.util.List;

/// The collections of a repository.
public interface Collections {
  /// The collections that an expression matches, in its order; globs in the order of their making.
  ///
  /// @throws ButlerException.NotFound (missing_collection) for a name without glob characters that
  ///     is no collection
  List<CollectionInfo> search(CollectionSearch search);

  /// One collection with its children, documentation and parents.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  CollectionInfo load(String name);

  /// What datasets a collection, or a chain's members, may hold.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  CollectionSummary loadSummary(String name);
}
