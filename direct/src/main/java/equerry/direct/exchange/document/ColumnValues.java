package equerry.direct.exchange.document;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.time.Timespan;
import equerry.direct.exchange.yaml.EncodedRegion;
import equerry.direct.exchange.yaml.PythonYaml;
import equerry.direct.exchange.yaml.YamlTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Dimension records as documents have them: a timespan is split in two times, regions have a tag.
final class ColumnValues {
  private static final String TIMESPAN = "timespan";
  private static final String BEGIN = "datetime_begin";
  private static final String END = "datetime_end";

  private ColumnValues() {}

  /// The record of a row. Columns that the row lacks are null.
  ///
  /// @throws ButlerException.Invalid (dimension_value) for a column that the element does not have,
  ///     and a value of the wrong type
  static DimensionRecord record(DimensionElement element, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> rest = new HashMap<>(row);
    if (element.isDimension()) {
      Object named = rest.remove(element.name());
      rest.putIfAbsent(element.primaryKey().name(), named);
    }
    if (element.temporal().isPresent() && rest.get(TIMESPAN) == null && rest.containsKey(BEGIN)) {
      rest.put(TIMESPAN, timespan(element, rest.remove(BEGIN), rest.remove(END)));
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Column column : element.recordColumns()) {
      values.add(value(element, column, rest.remove(column.name())));
    }
    if (!rest.isEmpty()) {
      throw invalid(
          "Records of %s have no column '%s'; they have %s."
              .formatted(
                  element,
                  rest.keySet().stream().sorted().findFirst().orElse(""),
                  element.recordColumns().stream().map(Column::name).toList()));
    }
    return new DimensionRecord(element, values);
  }

  private static Timespan timespan(
      DimensionElement element, @Nullable Object begin, @Nullable Object end) {
    return Timespan.between(nanos(element, begin), nanos(element, end));
  }

  private static @Nullable Long nanos(DimensionElement element, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof YamlTime time) {
      return time.nanos();
    }
    throw invalid("A time in a record of " + element + " is '" + value + "', which is none.");
  }

  private static @Nullable Object value(
      DimensionElement element, Column column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Object fitting =
        switch (column.type()) {
          case INT -> value instanceof Long ? value : null;
          case FLOAT -> value instanceof Long whole ? whole.doubleValue() : doubleOf(value);
          case BOOL -> value instanceof Boolean ? value : null;
          case STRING -> value instanceof Long ? value.toString() : textOf(value);
          case HASH -> value instanceof byte[] ? value : null;
          case REGION -> value instanceof EncodedRegion region ? region.bytes() : null;
          case TIMESPAN -> value instanceof Timespan ? value : null;
          case DATETIME, INGEST_DATE -> value instanceof YamlTime time ? time.nanos() : null;
          case UUID -> value instanceof java.util.UUID ? value : null;
        };
    if (fitting == null) {
      throw invalid(
          "Column '%s' of %s has values of type %s, not '%s'."
              .formatted(column.name(), element, column.type().label(), value));
    }
    return fitting;
  }

  private static @Nullable Object doubleOf(Object value) {
    return value instanceof Double ? value : null;
  }

  private static @Nullable Object textOf(Object value) {
    return value instanceof String ? value : null;
  }

  /// The row of a record.
  static Map<String, @Nullable Object> row(DimensionRecord record) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    List<Column> columns = record.element().recordColumns();
    for (int i = 0; i < columns.size(); i++) {
      Object value = record.values().get(i);
      if (columns.get(i).name().equals(TIMESPAN)) {
        split(value, row);
      } else {
        row.put(columns.get(i).name(), written(columns.get(i), value));
      }
    }
    return row;
  }

  /// A record without a timespan has no times; an empty one cannot be told as two times.
  private static void split(@Nullable Object value, Map<String, @Nullable Object> row) {
    if (value instanceof Timespan timespan && timespan.isEmpty()) {
      row.put(TIMESPAN, timespan);
    } else if (value instanceof Timespan timespan) {
      row.put(BEGIN, PythonYaml.begin(timespan));
      row.put(END, PythonYaml.end(timespan));
    }
  }

  private static @Nullable Object written(Column column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (column.type()) {
      case REGION -> new EncodedRegion((byte[]) value);
      case DATETIME, INGEST_DATE -> new YamlTime((Long) value);
      case INT, STRING, FLOAT, BOOL, HASH, TIMESPAN, UUID -> value;
    };
  }

  private static ButlerException.Invalid invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.DIMENSION_VALUE, message);
  }
}
