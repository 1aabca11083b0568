package equerry.client.wire;

import org.jspecify.annotations.Nullable;

/// Reads rows that are one record each.
final class RecordDecoder implements RowDecoder<@Nullable Object[]> {
  private final RecordReader records;

  RecordDecoder(RecordReader records) {
    this.records = records;
  }

  @Override
  public String pageType() {
    return "dimension_record";
  }

  @Override
  public @Nullable Object[] row(WireValue value) {
    return new @Nullable Object[] {records.read(value)};
  }
}
