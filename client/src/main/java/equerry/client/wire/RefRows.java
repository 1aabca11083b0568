package equerry.client.wire;

import equerry.api.dataset.DatasetType;
import equerry.api.query.DatasetColumn;
import equerry.api.query.ResultSpec.ResultColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Rows that are refs of one dataset type, which is encoded once.
final class RefRows implements RowShape {
  private final DataIdColumns dataId;
  private final SerializableString type;
  private final int idColumn;
  private final int runColumn;

  private RefRows(DataIdColumns dataId, DatasetType type, int idColumn, int runColumn) {
    byte[] encoded = WireJson.bytes(json -> RefWriter.writeType(json, type));
    this.dataId = dataId;
    this.type = new SerializedString(new String(encoded, StandardCharsets.UTF_8));
    this.idColumn = idColumn;
    this.runColumn = runColumn;
  }

  /// @param storageClass the storage class to report, null for the type's own
  static RefRows of(
      List<ResultColumn> columns, @Nullable String storageClass, EncodedRecords records) {
    DatasetType type = typeOf(columns);
    int idColumn = -1;
    int runColumn = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i) instanceof ResultColumn.Dataset(DatasetType _, DatasetColumn column)) {
        idColumn = column == DatasetColumn.DATASET_ID ? i : idColumn;
        runColumn = column == DatasetColumn.RUN ? i : runColumn;
      }
    }
    if (idColumn < 0 || runColumn < 0) {
      throw new IllegalArgumentException("Refs need the columns dataset_id and run: " + columns);
    }
    DatasetType reported =
        storageClass == null
            ? type
            : new DatasetType(type.name(), type.dimensions(), storageClass, type.isCalibration());
    return new RefRows(new DataIdColumns(columns, records), reported, idColumn, runColumn);
  }

  /// The one dataset type of refs.
  static DatasetType typeOf(List<ResultColumn> columns) {
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Dataset dataset) {
        return dataset.type();
      }
    }
    throw new IllegalArgumentException("Refs need the columns of a dataset type: " + columns);
  }

  @Override
  public String pageType() {
    return "dataset_ref";
  }

  @Override
  public void writeRow(JsonGenerator json, @Nullable Object[] row) {
    json.writeStartObject();
    json.writeName(RefWriter.ID);
    json.writeString(String.valueOf(row[idColumn]));
    json.writeName(RefWriter.DATASET_TYPE);
    json.writeRawValue(type);
    json.writeName(RefWriter.DATA_ID);
    dataId.write(json, row);
    json.writeName(RefWriter.RUN);
    json.writeString((String) row[runColumn]);
    json.writeName(RefWriter.COMPONENT);
    json.writeNull();
    json.writeEndObject();
  }
}
