package equerry.cli.change;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetRef;
import equerry.cli.shell.OutputColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many datasets of each type and run there are.
///
/// @param counts by type, then by run
record DatasetCounts(Map<String, Map<String, Long>> counts) {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.text("type"),
          OutputColumn.text("run"),
          new OutputColumn("datasets", "datasets", ColumnType.INT));

  static DatasetCounts of(Collection<DatasetRef> refs) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    refs.forEach(
        ref ->
            counts
                .computeIfAbsent(ref.type().name(), type -> new TreeMap<>())
                .merge(ref.run(), 1L, Long::sum));
    return new DatasetCounts(counts);
  }

  Told told(String heading) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    counts.forEach(
        (type, runs) -> runs.forEach((run, count) -> rows.add(List.of(type, run, count))));
    return new Told().add(heading, COLUMNS, rows);
  }
}
