package equerry.datastore;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import java.util.List;

/// The file datastores of a repository with all that writing needs, in the order of [Datastores].
///
/// @param files the stores
/// @param universe the dimensions of the repository
public record WritableStores(List<WritableStore> files, DimensionUniverse universe) {
  public WritableStores {
    files = List.copyOf(files);
  }

  /// The stores that take a dataset.
  public List<WritableStore> accepting(DatasetRef ref) {
    return files.stream().filter(store -> store.accepts(ref)).toList();
  }

  /// The store with a name as `dataset_location` has it.
  ///
  /// @throws ButlerException.Internal when the configuration names no such store
  public WritableStore load(String name) {
    return files.stream()
        .filter(store -> store.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ButlerException.Internal(
                    "There are records of datastore '"
                        + name
                        + "', which the configuration of this repository does not name.",
                    null));
  }
}
