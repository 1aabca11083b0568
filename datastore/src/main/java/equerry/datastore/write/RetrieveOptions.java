package equerry.datastore.write;

import equerry.api.file.TransferMode;

/// How files are brought from datastores into a folder.
///
/// @param mode any mode that leaves the file of the datastore alone: `auto`, `copy` or a kind of link
/// @param layout what the files are called in the folder
/// @param present what to do with files that are there already
public record RetrieveOptions(TransferMode mode, Layout layout, Present present) {
  public RetrieveOptions {
    switch (mode) {
      case AUTO, COPY, LINK, HARDLINK, SYMLINK, RELSYMLINK -> {}
      case MOVE, DIRECT, SPLIT, IN_PLACE ->
          throw new IllegalArgumentException(mode.label() + " does not bring files anywhere");
    }
  }

  /// What files are called.
  public enum Layout {
    /// As in the datastore, folders included.
    PATHS,
    /// By the last part of their path.
    NAMES,
    /// By the last part of their path with the start of the dataset's id before it.
    PREFIXED_NAMES
  }

  /// What to do with files that are there already.
  public enum Present {
    REFUSE,
    OVERWRITE
  }
}
