package equerry.api.query;

import equerry.api.ColumnType;
import java.util.Locale;

/// The properties of a dataset that queries can use, in the alphabetical order of result columns.
public enum DatasetColumn {
  /// The collection in which the dataset was found; not always its run.
  COLLECTION(ColumnType.STRING),
  DATASET_ID(ColumnType.UUID),
  INGEST_DATE(ColumnType.INGEST_DATE),
  RUN(ColumnType.STRING),
  /// The validity range in a CALIBRATION collection, all of time in others.
  TIMESPAN(ColumnType.TIMESPAN);

  private final ColumnType type;

  DatasetColumn(ColumnType type) {
    this.type = type;
  }

  public ColumnType type() {
    return type;
  }

  /// The name in queries: `dataset_id`, …
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
