package equerry.client.wire;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads rows of chosen columns. Records of cached elements are listed beside the rows of a page and
/// are given to the rows that they belong to when the page is complete.
final class GeneralDecoder implements RowDecoder<@Nullable Object[]> {
  private final List<ResultColumn> columns;
  private final int written;
  private final RecordReader records;
  private final Map<String, Integer> keys = new HashMap<>();

  GeneralDecoder(List<ResultColumn> columns, RecordReader records) {
    this.columns = columns;
    this.records = records;
    int count = 0;
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Key(DimensionElement dimension)) {
        keys.put(dimension.name(), count);
      }
      count += column instanceof ResultColumn.Record ? 0 : 1;
    }
    this.written = count;
  }

  @Override
  public String pageType() {
    return "general";
  }

  @Override
  public @Nullable Object[] row(WireValue value) {
    List<WireValue> items = value.items();
    if (items.size() != written) {
      throw value.unexpected("a row of " + written + " values");
    }
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < written; i++) {
      WireValue item = items.get(i);
      row[i] =
          switch (columns.get(i)) {
            case ResultColumn.Key key -> ValueReader.key(key.dimension(), item);
            case ResultColumn.Field field -> ValueReader.read(field.column().type(), item);
            case ResultColumn.Dataset dataset -> ValueReader.read(dataset.column().type(), item);
            case ResultColumn.Record _ -> throw new IllegalStateException("records come last");
          };
    }
    return row;
  }

  @Override
  public void finishPage(List<@Nullable Object[]> rows, @Nullable WireValue dimensionRecords) {
    for (int i = written; i < columns.size(); i++) {
      if (dimensionRecords != null
          && columns.get(i) instanceof ResultColumn.Record(DimensionElement element)) {
        Map<List<@Nullable Object>, DimensionRecord> known = known(element, dimensionRecords);
        for (@Nullable Object[] row : rows) {
          row[i] = known.get(key(element, row));
        }
      }
    }
  }

  private Map<List<@Nullable Object>, DimensionRecord> known(
      DimensionElement element, WireValue dimensionRecords) {
    Map<List<@Nullable Object>, DimensionRecord> known = new HashMap<>();
    dimensionRecords
        .find(element.name())
        .map(WireValue::items)
        .orElse(List.of())
        .forEach(
            item -> {
              DimensionRecord record = records.read(item);
              known.put(record.values().subList(0, element.required().size()), record);
            });
    return known;
  }

  private List<@Nullable Object> key(DimensionElement element, @Nullable Object[] row) {
    List<@Nullable Object> key = new ArrayList<>();
    for (String name : element.required()) {
      Integer column = keys.get(name);
      key.add(column == null ? null : row[column]);
    }
    return key;
  }
}
