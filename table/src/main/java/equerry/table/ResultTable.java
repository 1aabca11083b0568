package equerry.table;

import equerry.api.ColumnType;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.api.query.ResultSpec.ResultColumn;
import equerry.api.time.Timespan;
import equerry.table.TableColumn.Cell;
import equerry.table.TableColumn.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a query's result as a table of plain values. Single pass, one thread.
///
/// Columns are named as in queries (`visit`, `visit.exposure_time`, `raw.run`), but for those of the
/// one dataset type of refs (`dataset_id`, `run`) and of the one element of records (its own columns'
/// names). A record beside other columns becomes a column for each of its fields. A timespan becomes
/// the instants `….begin` and `….end`, which are both null when it is null; where it is unbounded they
/// are [Timespan#MIN_NANOS] and [Timespan#MAX_NANOS], and an empty one ends before it begins, so that
/// comparisons with instants need no special cases.
public final class ResultTable {
  private final List<TableColumn> columns;
  private final Map<String, String> notes;
  private final Iterator<Object[]> rows;

  private ResultTable(
      List<TableColumn> columns, Map<String, String> notes, Iterator<Object[]> rows) {
    this.columns = List.copyOf(columns);
    this.notes = notes;
    this.rows = rows;
  }

  /// The table of a result, whose only iterator it takes.
  public static ResultTable of(ResultSpec spec, ResultRows rows) {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      int place = i;
      Cell cell = row -> row[place];
      switch (rows.columns().get(i)) {
        case ResultColumn.Key(DimensionElement dimension) ->
            add(columns, dimension.name(), dimension.primaryKey().type(), cell);
        case ResultColumn.Field field -> add(columns, field.label(), field.column().type(), cell);
        case ResultColumn.Dataset dataset -> {
          String name =
              spec instanceof ResultSpec.Refs ? dataset.column().label() : dataset.label();
          add(columns, name, dataset.column().type(), cell);
        }
        case ResultColumn.Record(DimensionElement element) -> addRecord(columns, spec, element, i);
      }
    }
    return new ResultTable(columns, notes(spec, rows.columns()), rows.iterator());
  }

  private static void addRecord(
      List<TableColumn> columns, ResultSpec spec, DimensionElement element, int place) {
    List<Column> all = element.recordColumns();
    boolean alone = spec instanceof ResultSpec.Records;
    int first = alone ? 0 : all.size() - element.fields().size();
    for (int i = first; i < all.size(); i++) {
      int field = i;
      String name = alone ? all.get(i).name() : element.name() + "." + all.get(i).name();
      add(
          columns,
          name,
          all.get(i).type(),
          row -> row[place] instanceof DimensionRecord record ? record.values().get(field) : null);
    }
  }

  private static void add(List<TableColumn> columns, String name, ColumnType type, Cell cell) {
    switch (type) {
      case INT -> columns.add(new TableColumn(name, Kind.INTEGER, cell));
      case FLOAT -> columns.add(new TableColumn(name, Kind.NUMBER, cell));
      case BOOL -> columns.add(new TableColumn(name, Kind.FLAG, cell));
      case STRING -> columns.add(new TableColumn(name, Kind.TEXT, cell));
      case UUID -> columns.add(new TableColumn(name, Kind.IDENTIFIER, cell));
      case DATETIME, INGEST_DATE -> columns.add(new TableColumn(name, Kind.INSTANT, cell));
      case HASH -> columns.add(new TableColumn(name, Kind.BYTES, cell));
      case REGION -> columns.add(new TableColumn(name, Kind.REGION, cell));
      case TIMESPAN -> {
        columns.add(new TableColumn(name + ".begin", Kind.INSTANT, row -> begin(cell.of(row))));
        columns.add(new TableColumn(name + ".end", Kind.INSTANT, row -> end(cell.of(row))));
      }
    }
  }

  private static @Nullable Long begin(@Nullable Object value) {
    return value instanceof Timespan timespan ? timespan.beginNanos() : null;
  }

  private static @Nullable Long end(@Nullable Object value) {
    return value instanceof Timespan timespan ? timespan.endNanos() : null;
  }

  private static Map<String, String> notes(ResultSpec spec, List<ResultColumn> columns) {
    Map<String, String> notes = new LinkedHashMap<>();
    if (spec instanceof ResultSpec.Refs refs) {
      notes.put("dataset_type", refs.typeName());
      String asked = refs.storageClass();
      columns.stream()
          .filter(ResultColumn.Dataset.class::isInstance)
          .map(column -> ((ResultColumn.Dataset) column).type())
          .map(DatasetType::storageClass)
          .findFirst()
          .ifPresent(own -> notes.put("storage_class", asked == null ? own : asked));
    }
    return notes;
  }

  List<TableColumn> columns() {
    return columns;
  }

  /// What is said of the table as a whole, by name.
  Map<String, String> notes() {
    return notes;
  }

  Iterator<Object[]> rows() {
    return rows;
  }

  /// Waits until the first row, or the end, is there.
  ///
  /// @throws equerry.api.error.ButlerException where the query fails before it
  public void awaitFirstRow() {
    boolean unused = rows.hasNext();
  }
}
