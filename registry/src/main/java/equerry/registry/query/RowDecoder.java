package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.dimension.RecordReader;
import equerry.registry.schema.RecordColumns;
import equerry.registry.schema.SchemaVariant.IngestDates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes result rows of a statement's rows. For one stream and one thread at a time.
///
/// Records are made once for each data ID and shared by the rows that have it: those of cached
/// elements from their whole table, others as they are met, the most recent ones being kept.
final class RowDecoder {
  /// How many records of an element that is not cached are remembered.
  private static final int REMEMBERED_RECORDS = 4096;

  private final List<Part> parts = new ArrayList<>();
  private final Map<LogicalColumn, Integer> places;
  private final IngestDates ingestDates;
  private final @Nullable Integer matchCount;
  private final RowChecks checks;

  /// Reads one value of a result row.
  private interface Part {
    @Nullable Object read(Row row) throws SQLException;
  }

  RowDecoder(Session session, ResultLayout layout, Plan plan, IngestDates ingestDates)
      throws SQLException {
    this.places = plan.places();
    this.ingestDates = ingestDates;
    this.matchCount = places.get(new LogicalColumn.MatchCount());
    this.checks = new RowChecks(plan.checks(), places);
    for (ResultColumn column : layout.columns()) {
      parts.add(part(session, column));
    }
  }

  private int place(LogicalColumn column) {
    return Objects.requireNonNull(places.get(column));
  }

  private Part part(Session session, ResultColumn column) throws SQLException {
    return switch (column) {
      case ResultColumn.Key key -> key(key.dimension());
      case ResultColumn.Field field ->
          value(new LogicalColumn.Field(field.element(), field.column()));
      case ResultColumn.Dataset dataset ->
          dataset(new LogicalColumn.Dataset(dataset.type().name(), dataset.column()));
      case ResultColumn.Record record -> record(session, record.element());
    };
  }

  private Part key(DimensionElement dimension) {
    int place = place(new LogicalColumn.Key(dimension.name()));
    ColumnType type = dimension.primaryKey().type();
    return row -> RecordColumns.read(row, place, type);
  }

  private Part value(LogicalColumn.Field field) {
    int place = place(field);
    return row -> RecordColumns.read(row, place, field.column().type());
  }

  private Part dataset(LogicalColumn.Dataset dataset) {
    int place = place(dataset);
    return switch (dataset.column()) {
      case DATASET_ID -> row -> row.uuid(place);
      case RUN, COLLECTION -> row -> row.textOrNull(place);
      case TIMESPAN -> row -> row.timespanOrNull(place);
      case INGEST_DATE ->
          ingestDates == IngestDates.TAI_NANOS
              ? row -> row.integerOrNull(place)
              : row -> UtcText.toTaiNanos(row.text(place));
    };
  }

  private Part record(Session session, DimensionElement element) throws SQLException {
    List<Part> keys = new ArrayList<>();
    for (int i = 0; i < element.required().size(); i++) {
      int place = place(new LogicalColumn.Key(element.required().get(i)));
      ColumnType type = element.recordColumns().get(i).type();
      keys.add(row -> RecordColumns.read(row, place, type));
    }
    boolean withRows = element.hasTable() && isSelected(element);
    boolean fromTable = element.hasTable() && !withRows;
    Map<List<@Nullable Object>, DimensionRecord> records =
        fromTable ? preload(session, element) : new Recent<>(REMEMBERED_RECORDS);
    Part read = withRows ? fromRow(element) : row -> null;
    return row -> {
      List<@Nullable Object> key = new ArrayList<>(keys.size());
      for (Part part : keys) {
        key.add(part.read(row));
      }
      DimensionRecord record = records.get(key);
      if (record == null) {
        record =
            element.hasTable()
                ? (DimensionRecord) read.read(row)
                : RecordReader.withoutTable(element, key);
        if (record != null) {
          records.put(key, record);
        }
      }
      return record;
    };
  }

  /// Whether the statement gives all columns of an element's records.
  private boolean isSelected(DimensionElement element) {
    return element.fields().stream()
            .allMatch(field -> places.containsKey(new LogicalColumn.Field(element, field)))
        && element.implied().stream()
            .allMatch(name -> places.containsKey(new LogicalColumn.Key(name)));
  }

  private static Map<List<@Nullable Object>, DimensionRecord> preload(
      Session session, DimensionElement element) throws SQLException {
    Map<List<@Nullable Object>, DimensionRecord> records = new HashMap<>();
    for (DimensionRecord record : RecordReader.all(session, element)) {
      records.put(List.copyOf(record.values().subList(0, element.required().size())), record);
    }
    return records;
  }

  private Part fromRow(DimensionElement element) {
    List<Part> values = new ArrayList<>();
    int keyCount = element.required().size() + element.implied().size();
    for (int i = 0; i < element.recordColumns().size(); i++) {
      Column column = element.recordColumns().get(i);
      LogicalColumn logical =
          i < keyCount
              ? new LogicalColumn.Key(dimensionAt(element, i))
              : new LogicalColumn.Field(element, column);
      int place = place(logical);
      values.add(row -> RecordColumns.read(row, place, column.type()));
    }
    return row -> {
      List<@Nullable Object> read = new ArrayList<>(values.size());
      for (Part value : values) {
        read.add(value.read(row));
      }
      return new DimensionRecord(element, read);
    };
  }

  private static String dimensionAt(DimensionElement element, int index) {
    int required = element.required().size();
    return index < required
        ? element.required().get(index)
        : element.implied().get(index - required);
  }

  /// The result row of a statement's row, null if it does not pass the plan's checks.
  ///
  /// @throws ButlerException.Invalid (calibration_lookup) where several validity ranges match
  @Nullable Object @Nullable [] decode(Row row) throws SQLException {
    if (!checks.pass(row)) {
      return null;
    }
    if (matchCount != null && row.integer(matchCount) > 1) {
      throw new ButlerException.Invalid(
          ErrorCode.CALIBRATION_LOOKUP,
          "Ambiguous calibration validity range match: several validity ranges overlap a single"
              + " output data ID. Add a temporal join or a 'where' condition on time.");
    }
    @Nullable Object[] values = new @Nullable Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(i).read(row);
    }
    return values;
  }
}
