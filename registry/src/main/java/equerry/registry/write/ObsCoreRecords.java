package equerry.registry.write;

import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits;
import equerry.registry.obscore.ObsCoreTable;
import java.util.Collection;
import java.util.List;

/// [RecordEdits] that tell the ObsCore table where exposures lie, when visits are defined.
final class ObsCoreRecords implements RecordEdits {
  private final RecordEdits records;
  private final WriteScope scope;
  private final ObsCoreTable table;

  ObsCoreRecords(RecordEdits records, WriteScope scope, ObsCoreTable table) {
    this.records = records;
    this.scope = scope;
    this.table = table;
  }

  @Override
  public void insert(Collection<DimensionRecord> records, OnConflict onConflict) {
    this.records.insert(records, onConflict);
    place(records);
  }

  @Override
  public Synced sync(DimensionRecord record, OnDifference onDifference) {
    Synced synced = records.sync(record, onDifference);
    switch (synced) {
      case Synced.Inserted inserted -> place(List.of(record));
      case Synced.Updated updated -> place(List.of(record));
      case Synced.Unchanged unchanged -> {}
    }
    return synced;
  }

  private void place(Collection<DimensionRecord> written) {
    scope.run(() -> table.place(scope.session(), written));
  }
}
