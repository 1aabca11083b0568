package equerry.registry.write;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import equerry.registry.schema.StoredType;
import equerry.sphere.Region;
import equerry.sphere.RegionFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Checks records before they are written, so that both databases refuse the same values, and say
/// which.
final class RecordValues {
  /// How much of a value a message shows.
  private static final int SHOWN_CHARACTERS = 80;

  private RecordValues() {}

  /// The same record with the element of our universe and numbers of the columns' types.
  ///
  /// @throws ButlerException.Invalid (dimension_value)
  static DimensionRecord checked(DimensionUniverse universe, DimensionRecord record) {
    DimensionElement element = universe.element(record.element().name());
    if (!element.hasTable()) {
      throw invalid(
          "Records of "
              + element
              + " cannot be inserted: they follow from others and are in no table.");
    }
    if (!element.recordColumns().equals(record.element().recordColumns())) {
      throw invalid(
          "Records of %s have other columns in %s than in this repository, which has %s."
              .formatted(element, record.element(), universe));
    }
    int keys = element.required().size() + element.implied().size();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < record.values().size(); i++) {
      Column column = element.recordColumns().get(i);
      Object value = record.values().get(i);
      if (value == null && i < keys) {
        throw invalid(record, column, "is missing");
      }
      values.add(value == null ? null : checked(record, column, value));
    }
    return new DimensionRecord(element, values);
  }

  private static Object checked(DimensionRecord record, Column column, Object value) {
    return switch (column.type()) {
      case INT, DATETIME, INGEST_DATE -> cast(Long.class, record, column, value);
      case FLOAT ->
          value instanceof Long number
              ? Double.valueOf(number)
              : cast(Double.class, record, column, value);
      case BOOL -> cast(Boolean.class, record, column, value);
      case UUID -> cast(UUID.class, record, column, value);
      case TIMESPAN -> cast(Timespan.class, record, column, value);
      case STRING -> text(record, column, cast(String.class, record, column, value));
      case HASH -> cast(byte[].class, record, column, value);
      case REGION -> region(record, column, cast(byte[].class, record, column, value));
    };
  }

  private static <T> T cast(Class<T> type, DimensionRecord record, Column column, Object value) {
    if (!type.isInstance(value)) {
      throw invalid(
          record, column, shown(value) + ", which is no value of type " + column.type().label());
    }
    return type.cast(value);
  }

  /// SQLite's tables check texts of up to 32 characters, and that they are not empty.
  private static String text(DimensionRecord record, Column column, String text) {
    int longest = StoredType.of(column).maxLength();
    if (longest > 0 && (text.isEmpty() || text.codePointCount(0, text.length()) > longest)) {
      throw invalid(
          record, column, shown(text) + ", which does not have 1 to " + longest + " characters");
    }
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw invalid(record, column, "a text with a character that databases do not keep");
    }
    return text;
  }

  private static byte[] region(DimensionRecord record, Column column, byte[] bytes) {
    try {
      Region.decode(bytes);
      return bytes;
    } catch (RegionFormatException broken) {
      throw invalid(record, column, "no encoded region: " + broken.getMessage());
    }
  }

  /// The error for a value of a record.
  ///
  /// @param fault what the value is
  static ButlerException invalid(DimensionRecord record, Column column, String fault) {
    return invalid(
        "Column '%s' of the record of %s is %s."
            .formatted(column.name(), described(record), fault));
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(
        ErrorCode.DIMENSION_VALUE, message + " Nothing was changed.");
  }

  /// A record's element and key, as messages show it.
  static String described(DimensionRecord record) {
    List<String> parts = new ArrayList<>();
    List<String> required = record.element().required();
    for (int i = 0; i < required.size(); i++) {
      parts.add(required.get(i) + "=" + shown(record.values().get(i)));
    }
    return record.element() + " (" + String.join(", ", parts) + ")";
  }

  /// A value as messages show it.
  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> bytes.length + " bytes";
      case String text when text.length() > SHOWN_CHARACTERS ->
          "'" + text.substring(0, SHOWN_CHARACTERS) + "…'";
      case String text -> "'" + text + "'";
      default -> value.toString();
    };
  }
}
