package equerry.direct.change;

import equerry.api.fault.Milestone;
import equerry.api.file.StoredFile;
import equerry.datastore.write.ArtifactPath;
import equerry.datastore.write.StoreWriter;
import equerry.datastore.write.TrashReport;
import equerry.registry.WritableRegistry;
import equerry.registry.write.TrashRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the files of datasets that were given up.
///
/// A page of them at a time, in a transaction that holds their rows: a file is deleted before its
/// rows are, so that whatever stops the process leaves rows that say what is to be done again.
public final class Trash {
  private static final int PAGE_ROWS = 1000;

  /// Fewer than [#PAGE_ROWS], so that one page is enough where most datasets have one file.
  private static final int SLICE_DATASETS = 900;

  private static final Logger LOG = LoggerFactory.getLogger(Trash.class);
  private final WritableRegistry registry;
  private final StoreWriter stores;

  public Trash(WritableRegistry registry, StoreWriter stores) {
    this.registry = registry;
    this.stores = stores;
  }

  /// What became of the trash.
  ///
  /// @param deletedFiles how many files were deleted
  /// @param failures why some were not; their rows are kept for another try
  public record Emptied(long deletedFiles, List<TrashReport.Failure> failures) {
    public Emptied {
      failures = List.copyOf(failures);
    }
  }

  /// Empties a part of the trash.
  public Emptied empty(TrashRows.Part part) {
    long deleted = 0;
    Set<TrashReport.Failure> failures = new LinkedHashSet<>();
    for (TrashRows.Part slice : part.slices(SLICE_DATASETS)) {
      Page page;
      do {
        page = registry.write(rows -> emptyPage(rows.files().trash(), slice));
        deleted += page.report().deleted().size();
        failures.addAll(page.report().failures());
        Milestone.TRASH_PAGE_EMPTIED.passed();
      } while (page.mayHaveNext());
    }
    failures.forEach(
        failure ->
            LOG.warn(
                "{} is not deleted: {}", failure.artifact().path(), failure.reason().detail()));
    return new Emptied(deleted, List.copyOf(failures));
  }

  /// What became of a page.
  ///
  /// @param mayHaveNext whether there can be more, and not only what could not be deleted
  private record Page(TrashReport report, boolean mayHaveNext) {}

  private Page emptyPage(TrashRows rows, TrashRows.Part part) {
    List<StoredFile> dropped = rows.page(part, PAGE_ROWS);
    if (dropped.isEmpty()) {
      return new Page(new TrashReport(List.of(), List.of(), List.of()), false);
    }
    TrashReport report = stores.emptyTrash(dropped, referenced(rows, dropped));
    Milestone.TRASH_FILES_DELETED.passed();
    rows.forget(report.settled());
    return new Page(report, dropped.size() == PAGE_ROWS && !report.settled().isEmpty());
  }

  private static Set<ArtifactPath> referenced(TrashRows rows, List<StoredFile> dropped) {
    Map<String, Set<String>> byStore = new HashMap<>();
    for (StoredFile file : dropped) {
      byStore.computeIfAbsent(file.datastore(), name -> new HashSet<>()).add(file.record().path());
    }
    Set<ArtifactPath> referenced = new HashSet<>();
    byStore.forEach(
        (store, paths) ->
            rows.pathsInUse(store, paths)
                .forEach(path -> referenced.add(new ArtifactPath(store, path))));
    return referenced;
  }
}
