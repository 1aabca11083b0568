package equerry.client.wire;

import equerry.api.ColumnType;
import equerry.api.time.Timespan;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes values of columns, the same in records and in rows of general results.
///
/// Regions and hashes are hexadecimal, timespans pairs of nanoseconds, floats numbers with a
/// decimal point (clients check for them) or null where JSON has no such number.
final class ValueWriter {
  private static final HexFormat HEX = HexFormat.of();

  private ValueWriter() {}

  static void write(JsonGenerator json, ColumnType type, @Nullable Object value) {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (type) {
      case INT, DATETIME, INGEST_DATE -> json.writeNumber(((Number) value).longValue());
      case STRING -> json.writeString((String) value);
      case FLOAT -> writeFloat(json, ((Number) value).doubleValue());
      case BOOL -> json.writeBoolean((Boolean) value);
      case HASH, REGION -> json.writeString(HEX.formatHex((byte[]) value));
      case UUID -> json.writeString(((UUID) value).toString());
      case TIMESPAN -> writeTimespan(json, (Timespan) value);
    }
  }

  /// The value of a dimension's key: a number or a text.
  static void writeKey(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Number number -> json.writeNumber(number.longValue());
      default -> json.writeString(value.toString());
    }
  }

  private static void writeFloat(JsonGenerator json, double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static void writeTimespan(JsonGenerator json, Timespan timespan) {
    json.writeStartArray();
    json.writeNumber(timespan.beginNanos());
    json.writeNumber(timespan.endNanos());
    json.writeEndArray();
  }
}
