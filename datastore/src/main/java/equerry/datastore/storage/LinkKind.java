package equerry.datastore.storage;

/// How a file gets a second name.
public enum LinkKind {
  /// A hard link, or a symbolic one where that cannot be.
  ANY,
  HARD,
  /// A symbolic link with an absolute target.
  SYMBOLIC,
  /// A symbolic link with a target relative to its folder.
  RELATIVE
}
