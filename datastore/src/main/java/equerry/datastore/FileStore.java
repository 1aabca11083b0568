package equerry.datastore;

import equerry.api.file.FileRecord;
import equerry.datastore.location.RecordPath;
import equerry.datastore.location.ResourceUri;
import equerry.datastore.location.StorageKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// One file datastore of a repository.
///
/// @param name the name that `dataset_location.datastore_name` has for it, such as
///     `FileDatastore@<butlerRoot>` (the placeholder is part of the name)
/// @param recordsTable table of its file records
/// @param root directory of its files, with a `/` at its end
/// @param tag short name for use in URLs: stable for the same name and root, and silent about both
public record FileStore(String name, String recordsTable, ResourceUri root, String tag) {
  private static final int TAG_BYTES = 4;

  /// A store whose tag is derived from its name and root.
  public static FileStore of(String name, String recordsTable, ResourceUri root) {
    ResourceUri directory = root.asDirectory();
    return new FileStore(name, recordsTable, directory, tagOf(name + "\0" + directory));
  }

  /// Where the file of a record lies.
  public ResourceUri locate(FileRecord record) {
    return switch (RecordPath.parse(record.path())) {
      case RecordPath.Relative relative -> root.resolve(relative.plain(), relative.fragment());
      case RecordPath.Absolute absolute -> absolute.uri();
    };
  }

  /// The root as a path of this machine, when it is one.
  public Optional<Path> localRoot() {
    return root.kind() == StorageKind.LOCAL
        ? Optional.of(Path.of(root.localPath()))
        : Optional.empty();
  }

  private static String tagOf(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
