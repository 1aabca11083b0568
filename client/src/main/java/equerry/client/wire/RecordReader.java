package equerry.client.wire;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the dimension records of one answer.
///
/// Records of cached elements, of which there are few, are the same object wherever they come up
/// again; others are new each time. Used by one thread.
final class RecordReader {
  private final DimensionUniverse universe;
  private final Map<DimensionElement, Map<List<@Nullable Object>, DimensionRecord>> cached =
      new HashMap<>();

  RecordReader(DimensionUniverse universe) {
    this.universe = universe;
  }

  /// Reads a record that names its element.
  DimensionRecord read(WireValue serialized) {
    DimensionElement element = universe.element(serialized.field("definition").text());
    WireValue record = serialized.field("record");
    if (!element.isCached()) {
      return values(element, record);
    }
    List<Column> columns = element.recordColumns().subList(0, element.required().size());
    List<@Nullable Object> key = new ArrayList<>(columns.size());
    columns.forEach(
        column -> key.add(ValueReader.read(column.type(), record.field(column.name()))));
    return cached
        .computeIfAbsent(element, _ -> new HashMap<>())
        .computeIfAbsent(key, _ -> values(element, record));
  }

  private static DimensionRecord values(DimensionElement element, WireValue record) {
    List<@Nullable Object> values = new ArrayList<>(element.recordColumns().size());
    for (Column column : element.recordColumns()) {
      values.add(ValueReader.read(column.type(), record.field(column.name())));
    }
    return new DimensionRecord(element, values);
  }

  /// Reads a `records` object: the records in universe order, null when they were not asked for.
  @Nullable List<DimensionRecord> readAll(WireValue dataId) {
    WireValue records = dataId.find("records").orElse(null);
    if (records == null) {
      return null;
    }
    return records.entries().values().stream()
        .map(this::read)
        .sorted((a, b) -> universe.compareNames(a.element().name(), b.element().name()))
        .toList();
  }
}
