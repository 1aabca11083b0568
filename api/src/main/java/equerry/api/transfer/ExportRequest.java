package equerry.api.transfer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What to write into a document, and where its files go.
///
/// @param document the document to write; it is replaced as a whole, at the end
/// @param datasets the datasets, with their types, runs, dimension records and files
/// @param collections further collections, with the memberships and validity ranges of the datasets
/// @param placement what becomes of the files
public record ExportRequest(
    Path document, DatasetSelection datasets, Collection<String> collections, Placement placement) {
  public ExportRequest {
    collections = List.copyOf(collections);
  }

  /// What becomes of the files of exported datasets.
  public sealed interface Placement {
    /// They stay where they are; the document has their paths in the datastore.
    record Stay() implements Placement {}

    /// They stay where they are; the document has their URIs.
    record Refer() implements Placement {}

    /// They are brought into a folder, under their paths in the datastore.
    ///
    /// @param folder a folder that exists
    /// @param way how
    record Bring(Path folder, Way way) implements Placement {}
  }

  /// How a file comes from a datastore, which keeps it, into a folder.
  public enum Way {
    /// A link where that is possible, else a copy.
    AUTO,
    COPY,
    /// A hard link, or a symbolic one where that cannot be.
    LINK,
    HARDLINK,
    SYMLINK,
    /// A symbolic link relative to its folder.
    RELSYMLINK;

    /// The way of a name as the stock package spells it.
    public static Optional<Way> find(String name) {
      return Arrays.stream(values()).filter(way -> way.name().equalsIgnoreCase(name)).findFirst();
    }
  }
}
