package equerry.client.wire;

import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// The columns of a row that make up its data ID: the keys and, when asked for, the records.
final class DataIdColumns {
  private final EncodedRecords records;
  private final SerializableString[] keyNames;
  private final int[] keyColumns;
  private final SerializableString[] recordNames;
  private final int[] recordColumns;

  DataIdColumns(List<ResultColumn> columns, EncodedRecords records) {
    this.records = records;
    List<SerializableString> keys = new ArrayList<>();
    List<SerializableString> elements = new ArrayList<>();
    List<Integer> keyAt = new ArrayList<>();
    List<Integer> recordAt = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case ResultColumn.Key key -> {
          keys.add(new SerializedString(key.dimension().name()));
          keyAt.add(i);
        }
        case ResultColumn.Record record -> {
          elements.add(new SerializedString(record.element().name()));
          recordAt.add(i);
        }
        case ResultColumn.Field _, ResultColumn.Dataset _ -> {}
      }
    }
    this.keyNames = keys.toArray(SerializableString[]::new);
    this.keyColumns = keyAt.stream().mapToInt(Integer::intValue).toArray();
    this.recordNames = elements.toArray(SerializableString[]::new);
    this.recordColumns = recordAt.stream().mapToInt(Integer::intValue).toArray();
  }

  void write(JsonGenerator json, @Nullable Object[] row) {
    json.writeStartObject();
    json.writeName(RefWriter.DATA_ID);
    json.writeStartObject();
    for (int i = 0; i < keyNames.length; i++) {
      json.writeName(keyNames[i]);
      ValueWriter.writeKey(json, row[keyColumns[i]]);
    }
    json.writeEndObject();
    json.writeName(RefWriter.RECORDS);
    if (recordNames.length > 0 || keyNames.length == 0) {
      writeRecords(json, row);
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private void writeRecords(JsonGenerator json, @Nullable Object[] row) {
    json.writeStartObject();
    for (int i = 0; i < recordNames.length; i++) {
      if (row[recordColumns[i]] instanceof DimensionRecord record) {
        json.writeName(recordNames[i]);
        records.write(json, record);
      }
    }
    json.writeEndObject();
  }
}
