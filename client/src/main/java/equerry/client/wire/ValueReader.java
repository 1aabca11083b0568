package equerry.client.wire;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.time.Timespan;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads values of columns as [ValueWriter] writes them.
final class ValueReader {
  private static final HexFormat HEX = HexFormat.of();

  private ValueReader() {}

  static @Nullable Object read(ColumnType type, WireValue value) {
    if (value.isNull()) {
      return null;
    }
    return switch (type) {
      case INT, DATETIME, INGEST_DATE -> value.integer();
      case STRING -> value.text();
      case FLOAT -> value.number();
      case BOOL -> value.bool();
      case HASH, REGION -> bytes(value);
      case UUID -> value.uuid();
      case TIMESPAN -> timespan(value);
    };
  }

  /// The value of a dimension's key; null where a record implies none.
  static @Nullable Object key(DimensionElement dimension, WireValue value) {
    return read(dimension.primaryKey().type(), value);
  }

  private static byte[] bytes(WireValue value) {
    try {
      return HEX.parseHex(value.text());
    } catch (IllegalArgumentException e) {
      throw value.unexpected("hexadecimal digits");
    }
  }

  static Timespan timespan(WireValue pair) {
    List<WireValue> ends = pair.items();
    if (ends.size() != 2) {
      throw pair.unexpected("a pair of begin and end");
    }
    return ExpressionReader.timespan(ends.getFirst().integer(), ends.getLast().integer());
  }
}
