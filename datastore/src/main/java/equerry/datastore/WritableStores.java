package equerry.datastore;

import java.util.List;

/// The file datastores of a repository with all that writing needs, in the order of [Datastores].
///
/// @param files the stores
public record WritableStores(List<WritableStore> files) {
  public WritableStores {
    files = List.copyOf(files);
  }
}
