package equerry.api.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a file comes into a datastore.
public enum TransferMode {
  /// It lies in the datastore's root and stays where it is (the stock package's `None`).
  IN_PLACE,
  COPY,
  MOVE,
  /// A hard link, or a symbolic one where that cannot be.
  LINK,
  HARDLINK,
  SYMLINK,
  /// A symbolic link relative to its folder.
  RELSYMLINK,
  /// It stays where it is, and is never deleted with its dataset.
  DIRECT,
  /// In place inside the root, else a link.
  AUTO,
  /// In place inside the root, else direct.
  SPLIT;

  /// The mode of a name as the stock package spells it; `none` is [#IN_PLACE].
  public static Optional<TransferMode> find(String name) {
    return Arrays.stream(values()).filter(mode -> mode.label().equals(name)).findFirst();
  }

  /// The stock package's name.
  public String label() {
    return this == IN_PLACE ? "none" : name().toLowerCase(Locale.ROOT);
  }
}
