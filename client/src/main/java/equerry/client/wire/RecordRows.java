package equerry.client.wire;

import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows that are records of one element; other columns are not written.
final class RecordRows implements RowShape {
  private final EncodedRecords records;
  private final int column;

  RecordRows(List<ResultColumn> columns, EncodedRecords records) {
    this.records = records;
    int found = 0;
    while (!(columns.get(found) instanceof ResultColumn.Record)) {
      found++;
    }
    this.column = found;
  }

  @Override
  public String pageType() {
    return "dimension_record";
  }

  @Override
  public void writeRow(JsonGenerator json, @Nullable Object[] row) {
    records.write(json, (DimensionRecord) Objects.requireNonNull(row[column]));
  }
}
