package equerry.client.wire;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Writes dimension records, always with all of their fields: clients refuse one that is missing.
final class RecordWriter {
  private static final SerializableString DEFINITION = new SerializedString("definition");
  private static final SerializableString RECORD = new SerializedString("record");

  /// The names that a record of an element is written with, encoded once.
  private record Shape(SerializableString element, List<SerializableString> columns) {
    static Shape of(DimensionElement element) {
      return new Shape(
          new SerializedString(element.name()),
          element.recordColumns().stream()
              .<SerializableString>map(column -> new SerializedString(column.name()))
              .toList());
    }
  }

  private final Map<DimensionElement, Shape> shapes = new ConcurrentHashMap<>();

  void write(JsonGenerator json, DimensionRecord record) {
    DimensionElement element = record.element();
    Shape shape = shapes.computeIfAbsent(element, Shape::of);
    json.writeStartObject();
    json.writeName(DEFINITION);
    json.writeString(shape.element());
    json.writeName(RECORD);
    json.writeStartObject();
    List<Column> columns = element.recordColumns();
    for (int i = 0; i < columns.size(); i++) {
      json.writeName(shape.columns().get(i));
      ValueWriter.write(json, columns.get(i).type(), record.values().get(i));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /// Writes records as a `records` object, by element name.
  void writeByElement(JsonGenerator json, List<DimensionRecord> records) {
    json.writeStartObject();
    for (DimensionRecord record : records) {
      json.writeName(shapes.computeIfAbsent(record.element(), Shape::of).element());
      write(json, record);
    }
    json.writeEndObject();
  }
}
