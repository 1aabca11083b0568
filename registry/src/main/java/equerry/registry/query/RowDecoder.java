package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
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
/// Keys are read once a row, whatever number of records they identify. Records are made once for each
/// data ID and shared by the rows that have it: those of cached elements from their whole table,
/// others as they are met, the most recent ones being kept.
final class RowDecoder {
  /// How many records of an element that is not cached are remembered.
  private static final int REMEMBERED_RECORDS = 4096;

  private final List<Part> parts = new ArrayList<>();
  private final List<Part> keys = new ArrayList<>();
  private final Map<String, Integer> keyNumbers = new HashMap<>();
  private @Nullable Object[] keyValues = {};
  private final Map<LogicalColumn, Integer> places;
  private final DimensionUniverse universe;
  private final List<String> rowKeys;
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
    this.universe = layout.projection().dimensions().universe();
    this.rowKeys = layout.projection().dimensions().required();
    this.ingestDates = ingestDates;
    this.matchCount = places.get(new LogicalColumn.MatchCount());
    this.checks = new RowChecks(plan.checks(), places);
    for (ResultColumn column : layout.columns()) {
      parts.add(part(session, column));
    }
    this.keyValues = new @Nullable Object[keys.size()];
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
    int number = keyNumber(dimension);
    return row -> keyValues[number];
  }

  /// Which of the key values of a row is a dimension's.
  private int keyNumber(DimensionElement dimension) {
    return keyNumbers.computeIfAbsent(
        dimension.name(),
        name -> {
          int place = place(new LogicalColumn.Key(name));
          ColumnType type = dimension.primaryKey().type();
          keys.add(row -> RecordColumns.read(row, place, type));
          return keys.size() - 1;
        });
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
    int[] own =
        element.required().stream().mapToInt(name -> keyNumber(universe.element(name))).toArray();
    if (!element.hasTable()) {
      return new SharedRecords(
          own, emptyMemory(), (row, key) -> RecordReader.withoutTable(element, key));
    }
    if (!isSelected(element)) {
      return new SharedRecords(own, preload(session, element), (row, key) -> null);
    }
    Part read = fromRow(element);
    if (element.required().containsAll(rowKeys)) {
      return read;
    }
    return new SharedRecords(own, emptyMemory(), (row, key) -> (DimensionRecord) read.read(row));
  }

  private static Map<List<@Nullable Object>, DimensionRecord> emptyMemory() {
    return new Recent<>(REMEMBERED_RECORDS);
  }

  /// Makes the record of a key that is met for the first time.
  private interface Maker {
    @Nullable DimensionRecord make(Row row, List<@Nullable Object> key) throws SQLException;
  }

  /// The records of an element by their keys. A row often has the same as the row before it.
  private final class SharedRecords implements Part {
    private final int[] own;
    private final Map<List<@Nullable Object>, DimensionRecord> records;
    private final Maker maker;
    private @Nullable List<@Nullable Object> lastKey;
    private @Nullable DimensionRecord last;

    SharedRecords(int[] own, Map<List<@Nullable Object>, DimensionRecord> records, Maker maker) {
      this.own = own;
      this.records = records;
      this.maker = maker;
    }

    @Override
    public @Nullable DimensionRecord read(Row row) throws SQLException {
      if (!isSame(lastKey)) {
        List<@Nullable Object> key = new ArrayList<>(own.length);
        for (int number : own) {
          key.add(keyValues[number]);
        }
        lastKey = key;
        last = find(row, key);
      }
      return last;
    }

    private boolean isSame(@Nullable List<@Nullable Object> key) {
      if (key == null) {
        return false;
      }
      // The last part differs most often.
      for (int i = own.length - 1; i >= 0; i--) {
        if (!Objects.equals(key.get(i), keyValues[own[i]])) {
          return false;
        }
      }
      return true;
    }

    private @Nullable DimensionRecord find(Row row, List<@Nullable Object> key)
        throws SQLException {
      DimensionRecord known = records.get(key);
      if (known != null) {
        return known;
      }
      DimensionRecord made = maker.make(row, key);
      if (made != null) {
        records.put(key, made);
      }
      return made;
    }
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
      values.add(
          i < keyCount
              ? key(universe.element(dimensionAt(element, i)))
              : value(new LogicalColumn.Field(element, column)));
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
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = keys.get(i).read(row);
    }
    @Nullable Object[] values = new @Nullable Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(i).read(row);
    }
    return values;
  }
}
