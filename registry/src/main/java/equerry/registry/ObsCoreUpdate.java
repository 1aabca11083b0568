package equerry.registry;

import equerry.api.dataset.DatasetRef;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.obscore.ObsCoreTable;
import equerry.registry.write.ObsCoreRows;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

/// Adds the rows that a repository's ObsCore table lacks, some in each transaction: one that was
/// interrupted is gone on with by the next.
public final class ObsCoreUpdate {
  /// How many datasets a transaction looks at.
  private static final int PAGE = 1000;

  private static final UUID FIRST = new UUID(0, 0);

  private final WritableRegistry registry;
  private final ObsCoreTable table;

  /// @throws ButlerException.NotFound (configuration) when the repository has no ObsCore table
  public ObsCoreUpdate(WritableRegistry registry) {
    this.registry = registry;
    this.table =
        registry
            .obsCore()
            .orElseThrow(
                () ->
                    new ButlerException.NotFound(
                        ErrorCode.CONFIGURATION,
                        "The repository has no ObsCore table. Nothing was changed. Configure one"
                            + " first (equerry obscore configure)."));
  }

  /// How many rows are missing.
  public long countMissing() {
    return each(Mode.LOOK, count -> {});
  }

  /// Adds the missing rows.
  ///
  /// @param progress is told how many more rows there are, again and again
  /// @return how many were added
  public long addMissing(LongConsumer progress) {
    return each(Mode.ADD, progress);
  }

  private enum Mode {
    LOOK,
    ADD
  }

  private long each(Mode mode, LongConsumer progress) {
    long total = 0;
    for (String type : table.datasetTypes()) {
      UUID after = FIRST;
      List<DatasetRef> page;
      do {
        page = page(type, after, mode);
        total += page.size();
        progress.accept(page.size());
        after = page.isEmpty() ? after : page.getLast().id();
      } while (page.size() == PAGE);
    }
    return total;
  }

  private List<DatasetRef> page(String type, UUID after, Mode mode) {
    return registry.write(
        changes -> {
          ObsCoreRows rows = changes.obsCoreRows(table);
          List<DatasetRef> missing = rows.findMissing(type, after, PAGE);
          if (mode == Mode.ADD) {
            rows.add(missing);
          }
          return missing;
        });
  }
}
