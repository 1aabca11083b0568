package equerry.client.wire;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultSpec.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows of chosen columns. Records of cached elements are not in the rows: each page lists, by
/// element, those that its rows refer to.
final class GeneralRows implements RowShape {
  private final List<ResultColumn> columns;
  private final boolean withRecords;
  private final EncodedRecords records;
  private final Map<DimensionElement, Distinct> ofPage = new LinkedHashMap<>();

  GeneralRows(List<ResultColumn> columns, boolean withRecords, EncodedRecords records) {
    this.columns = columns;
    this.withRecords = withRecords;
    this.records = records;
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.Record(DimensionElement element)) {
        ofPage.put(element, new Distinct());
      }
    }
  }

  /// The different objects among records, in the order of their first appearance.
  private static final class Distinct {
    private final Set<DimensionRecord> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<DimensionRecord> inOrder = new ArrayList<>();

    void add(DimensionRecord record) {
      if (known.add(record)) {
        inOrder.add(record);
      }
    }

    void clear() {
      known.clear();
      inOrder.clear();
    }
  }

  @Override
  public String pageType() {
    return "general";
  }

  @Override
  public void writeRow(JsonGenerator json, @Nullable Object[] row) {
    json.writeStartArray();
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      switch (columns.get(i)) {
        case ResultColumn.Key _ -> ValueWriter.writeKey(json, value);
        case ResultColumn.Field field -> write(json, field.column().type(), value);
        case ResultColumn.Dataset dataset -> write(json, dataset.column().type(), value);
        case ResultColumn.Record(DimensionElement element) -> keep(element, value);
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, ColumnType type, @Nullable Object value) {
    ValueWriter.write(json, type, value);
  }

  private void keep(DimensionElement element, @Nullable Object value) {
    if (value instanceof DimensionRecord record) {
      ofPage.computeIfAbsent(element, _ -> new Distinct()).add(record);
    }
  }

  @Override
  public void finishPage(JsonGenerator json) {
    json.writeName("dimension_records");
    if (!withRecords) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    ofPage.forEach((element, found) -> writeElement(json, element, found));
    json.writeEndObject();
  }

  private void writeElement(JsonGenerator json, DimensionElement element, Distinct found) {
    json.writeArrayPropertyStart(element.name());
    found.inOrder.forEach(record -> records.write(json, record));
    json.writeEndArray();
    found.clear();
  }
}
