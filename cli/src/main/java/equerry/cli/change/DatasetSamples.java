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

/// The first few datasets of each type, for people to see whether these are what they mean.
final class DatasetSamples {
  /// How many of each type are shown.
  static final int MAX_SHOWN = 10;

  private DatasetSamples() {}

  static void add(Told told, Collection<DatasetRef> refs) {
    Map<String, List<DatasetRef>> byType = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (DatasetRef ref : refs) {
      String type = ref.type().name();
      if (counts.merge(type, 1, Integer::sum) <= MAX_SHOWN) {
        byType.computeIfAbsent(type, name -> new ArrayList<>()).add(ref);
      }
    }
    byType.forEach(
        (type, some) -> {
          int count = counts.getOrDefault(type, 0);
          String heading =
              count > some.size()
                  ? "The first %d of %d %s:".formatted(some.size(), count, type)
                  : type + ":";
          told.addForPeople(
              heading, columns(some.getFirst()), some.stream().map(DatasetSamples::row).toList());
        });
  }

  private static List<OutputColumn> columns(DatasetRef ref) {
    List<OutputColumn> columns = new ArrayList<>();
    columns.add(OutputColumn.text("run"));
    columns.add(new OutputColumn("id", "id", ColumnType.UUID));
    columns.addAll(OutputColumn.keys(ref.type().dimensions()));
    return columns;
  }

  private static List<@Nullable Object> row(DatasetRef ref) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(ref.run());
    row.add(ref.id());
    row.addAll(ref.dataId().values());
    return row;
  }
}
