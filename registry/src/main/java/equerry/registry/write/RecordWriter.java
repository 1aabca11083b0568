package equerry.registry.write;

import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits;
import java.util.Collection;

/// [RecordEdits] on the tables.
final class RecordWriter implements RecordEdits {
  private final WriteScope scope;

  RecordWriter(WriteScope scope) {
    this.scope = scope;
  }

  @Override
  public void insert(Collection<DimensionRecord> records, OnConflict onConflict) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Synced sync(DimensionRecord record, OnDifference onDifference) {
    throw new UnsupportedOperationException();
  }
}
