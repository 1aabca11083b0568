package equerry.datastore.write;

import equerry.api.error.ButlerException;
import equerry.api.file.StoredFile;
import java.util.List;
import java.util.Set;

/// Files on their way into the datastores: one unit of work beside a transaction of the registry.
///
/// The order that loses nothing, whatever stops the process in between:
///
/// 1. a [StoreWriter] stages the files beside their targets, where no one sees them;
/// 2. within the transaction the rows are written, for [#records];
/// 3. still within it, [#place] makes the files visible;
/// 4. after the commit [#finish] deletes the sources of moved files.
///
/// Closing without [#finish] or [#leave] undoes: nothing that was staged or placed stays. Not for use by more
/// than one thread at a time.
public interface Staged extends AutoCloseable {
  /// The records to write, in the order of what was staged.
  List<StoredFile> records();

  /// The files that [#place] will write. Those that lie in place or outside are not among them.
  Set<ArtifactPath> targets();

  /// Makes every file visible under its name; on failure none is.
  ///
  /// @param taken those of the [#targets] that have records of other datasets, which the caller asks
  ///     the registry for, once for all. A file without a record is left over from a writer that died
  ///     and is overwritten.
  /// @throws ButlerException.Conflict (conflict) when a target is taken
  /// @throws ButlerException.Unavailable (storage_full, read_only, file_unavailable, …)
  void place(Set<ArtifactPath> taken);

  /// Removes what was staged or placed, and nothing else. Failures are logged, since the error that
  /// led here matters more.
  void undo();

  /// Ends the work after the commit. Failures to delete the source of a moved file are logged.
  void finish();

  /// Ends the work when no one knows whether the commit was done: placed files stay, sources too, and
  /// whatever has no record then is found by `equerry doctor`.
  void leave();

  @Override
  void close();
}
