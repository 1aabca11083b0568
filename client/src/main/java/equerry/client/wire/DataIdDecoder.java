package equerry.client.wire;

import equerry.api.dimension.DimensionElement;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the columns of a row that make up its data ID: the keys and the records.
final class DataIdDecoder implements RowDecoder<@Nullable Object[]> {
  private final List<ResultColumn> columns;
  private final RecordReader records;

  DataIdDecoder(List<ResultColumn> columns, RecordReader records) {
    this.columns = columns;
    this.records = records;
  }

  @Override
  public String pageType() {
    return "data_coordinate";
  }

  @Override
  public @Nullable Object[] row(WireValue dataId) {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    fill(row, dataId);
    return row;
  }

  /// Sets the keys and records of a row and leaves other columns as they are.
  void fill(@Nullable Object[] row, WireValue dataId) {
    WireValue values = dataId.field(RefReader.DATA_ID);
    WireValue known = dataId.find("records").orElse(null);
    for (int i = 0; i < row.length; i++) {
      switch (columns.get(i)) {
        case ResultColumn.Key(DimensionElement dimension) ->
            row[i] = ValueReader.key(dimension, values.field(dimension.name()));
        case ResultColumn.Record(DimensionElement element) -> {
          if (known != null) {
            row[i] = known.find(element.name()).map(records::read).orElse(null);
          }
        }
        case ResultColumn.Field _, ResultColumn.Dataset _ -> {}
      }
    }
  }
}
