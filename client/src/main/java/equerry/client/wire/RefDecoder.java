package equerry.client.wire;

import equerry.api.dataset.DatasetType;
import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads refs, of one dataset type or of many.
final class RefDecoder implements RowDecoder<FoundRef> {
  private final RecordReader records;
  private final RefReader refs;
  private final Function<DatasetType, List<ResultColumn>> layout;
  private @Nullable Layout last;

  /// The columns of refs of a type.
  private record Layout(DatasetType type, List<ResultColumn> columns, DataIdDecoder dataIds) {}

  RefDecoder(
      RecordReader records, RefReader refs, Function<DatasetType, List<ResultColumn>> layout) {
    this.records = records;
    this.refs = refs;
    this.layout = layout;
  }

  @Override
  public String pageType() {
    return "dataset_ref";
  }

  @Override
  public FoundRef row(WireValue value) {
    Layout known = layout(refs.type(value.field("datasetType")));
    @Nullable Object[] row = new @Nullable Object[known.columns().size()];
    known.dataIds().fill(row, value.field(RefReader.DATA_ID));
    for (int i = 0; i < row.length; i++) {
      if (known.columns().get(i) instanceof ResultColumn.Dataset(_, DatasetColumn column)) {
        row[i] =
            column == DatasetColumn.DATASET_ID
                ? value.field("id").uuid()
                : value.field("run").text();
      }
    }
    return new FoundRef(known.type(), row);
  }

  private Layout layout(DatasetType type) {
    Layout known = last;
    if (known == null || known.type() != type) {
      List<ResultColumn> columns = layout.apply(type);
      known = new Layout(type, columns, new DataIdDecoder(columns, records));
      last = known;
    }
    return known;
  }
}
