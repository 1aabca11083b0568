package equerry.registry.write;

import equerry.api.file.StoredFile;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The rows that say which datastore has which dataset, and what it remembers of its files.
public final class FileRows {
  private final WriteScope scope;
  private final Set<UUID> trashed = new LinkedHashSet<>();

  FileRows(WriteScope scope) {
    this.scope = scope;
  }

  /// Adds records, with the rows that say which datastore has the datasets.
  ///
  /// @throws equerry.api.error.ButlerException.Conflict (conflict) when a datastore has a record of
  ///     a dataset or component already
  public void add(Collection<StoredFile> files) {
    throw new UnsupportedOperationException();
  }

  /// The records of datasets that are not in the trash; those without are left out.
  public Map<UUID, List<StoredFile>> find(Collection<UUID> datasets) {
    throw new UnsupportedOperationException();
  }

  /// Which of these paths (with or without a zip fragment) live records of a datastore name.
  public Set<String> pathsInUse(String datastore, Collection<String> paths) {
    throw new UnsupportedOperationException();
  }

  /// Gives the files of datasets up: they can no longer be found, and are deleted after the commit.
  public void trash(Collection<UUID> datasets) {
    throw new UnsupportedOperationException();
  }

  /// The records of what is in the trash, at most a page of them, of these datasets or of all.
  ///
  /// Rows that another process is emptying now are passed over.
  public List<StoredFile> trash(TrashPage page) {
    throw new UnsupportedOperationException();
  }

  /// Which part of the trash to look at.
  ///
  /// @param datasets only these, empty for all
  /// @param rows how many at most
  public record TrashPage(Set<UUID> datasets, int rows) {}

  /// Forgets what was in the trash, after its files have gone.
  public void forget(Collection<StoredFile> files) {
    throw new UnsupportedOperationException();
  }

  Set<UUID> trashed() {
    return Set.copyOf(trashed);
  }
}
