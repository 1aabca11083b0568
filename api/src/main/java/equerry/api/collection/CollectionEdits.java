package equerry.api.collection;

import equerry.api.dataset.Registration;
import equerry.api.error.ButlerException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes, changes and removes collections.
public interface CollectionEdits {
  /// Makes a collection unless it is there.
  ///
  /// @param doc its documentation, null for none; not looked at when the collection is there
  /// @throws ButlerException.Conflict (conflict) when it is there with another type
  /// @throws ButlerException.Invalid (invalid_name) for a run whose name cannot be part of a path
  Registration register(String name, CollectionType type, @Nullable String doc);

  /// Replaces the documentation of a collection; null removes it.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  void document(String name, @Nullable String doc);

  /// Removes a collection with its memberships and validity ranges. The datasets of a run go with
  /// it.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  /// @throws ButlerException.Conflict (orphaned_records) for a run that has stored datasets, or a
  ///     collection that is in a chain, which the message names
  void remove(String name);

  /// Makes these the members of a chain, in this order; repeated names count once.
  ///
  /// @throws ButlerException.NotFound (missing_collection)
  /// @throws ButlerException.Invalid (collection_type, collection_cycle)
  void redefineChain(String chain, List<String> children);

  /// Puts members before those that a chain has; those that are there already move.
  void prependToChain(String chain, List<String> children);

  /// Puts members after those that a chain has; those that are there already move.
  void extendChain(String chain, List<String> children);

  /// Takes members out of a chain; those that are not there are passed over.
  void removeFromChain(String chain, List<String> children);
}
