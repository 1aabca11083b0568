package equerry.direct.change;

import equerry.api.Changes;
import equerry.api.error.ButlerException;
import equerry.datastore.write.StoreWriter;
import equerry.registry.WritableRegistry;
import equerry.registry.write.TrashRows;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs changes: the rows in a transaction of the registry, the files around it.
///
/// Files are staged where nobody sees them, get their names as the last step before the commit, and
/// are removed when there is no commit. Files that are given up are deleted after it. So a process
/// that ends at any point leaves the repository as it was before or after the change, and beside it
/// at most files without rows, or trash, both of which the doctor finds.
public final class ChangeRunner {
  private final WritableRegistry registry;
  private final StoreWriter stores;
  private final Trash trash;

  public ChangeRunner(WritableRegistry registry, StoreWriter stores) {
    this.registry = registry;
    this.stores = stores;
    this.trash = new Trash(registry, stores);
  }

  private record Done<T extends @Nullable Object>(T result, TrashRows.Part trashed) {}

  /// Runs work as one change (see [equerry.api.WritableButler#write]).
  public <T extends @Nullable Object> T run(Function<Changes, T> work) {
    StagedFiles files = new StagedFiles();
    Done<T> done;
    try {
      done =
          registry.write(
              rows -> {
                files.undoTo(0);
                T result = work.apply(new DirectChanges(rows, files, stores));
                files.place();
                return new Done<>(result, rows.trashed());
              });
    } catch (ButlerException.OutcomeUnknown unknown) {
      // The rows may be there, so the files must be.
      files.leave();
      throw unknown;
    } catch (RuntimeException | Error failure) {
      files.undoTo(0);
      throw failure;
    }
    files.finish();
    if (!done.trashed().isEmpty()) {
      trash.empty(done.trashed());
    }
    return done.result();
  }

  public Trash trash() {
    return trash;
  }
}
