package equerry.datastore.local;

/// What a signed path leads to, once its signature is known to be ours.
public sealed interface SignedTarget {
  /// The repository's label.
  String label();

  /// A file below a datastore's root.
  ///
  /// @param label the repository's label
  /// @param storeTag tag of the store
  /// @param relative normalized path below the root, not encoded
  record InStore(String label, String storeTag, String relative) implements SignedTarget {}

  /// A file that was ingested where it lay.
  ///
  /// @param label the repository's label
  /// @param absolutePath normalized absolute path, not encoded
  record Direct(String label, String absolutePath) implements SignedTarget {}
}
