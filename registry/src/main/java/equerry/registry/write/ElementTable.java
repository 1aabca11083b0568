package equerry.registry.write;

import equerry.api.ColumnType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.registry.db.Dialect;
import equerry.registry.db.Sql;
import equerry.registry.schema.RecordColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements that write the table of an element's records.
final class ElementTable {
  private final DimensionElement element;
  private final Dialect dialect;
  private final String name;
  private final List<Column> keys;
  private final List<Column> others;

  ElementTable(DimensionElement element, Dialect dialect) {
    this.element = element;
    this.dialect = dialect;
    this.name = RecordColumns.quote(element.name());
    int required = element.required().size();
    this.keys = element.recordColumns().subList(0, required);
    this.others = element.recordColumns().subList(required, element.recordColumns().size());
  }

  /// The columns that identify a record, as the table calls them.
  List<String> keyColumns() {
    return keys.stream().map(Column::name).toList();
  }

  /// Inserts a record, with the parameters of [#row].
  String insert(OnConflict onConflict) {
    return plainInsert()
        + switch (onConflict) {
          case FAIL -> "";
          case SKIP -> onKey() + " DO NOTHING";
          case REPLACE ->
              onKey() + (others.isEmpty() ? " DO NOTHING" : " DO UPDATE SET " + excluded());
        };
  }

  /// Inserts a record unless it or another one stands in the way, with the parameters of [#row].
  String insertIfFree() {
    return plainInsert() + " ON CONFLICT DO NOTHING";
  }

  private String plainInsert() {
    String placeholders =
        element.recordColumns().stream()
            .map(column -> RecordColumns.value(dialect, column.type(), null).text())
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + name
        + " ("
        + String.join(", ", RecordColumns.insert(dialect, element.recordColumns()))
        + ") VALUES ("
        + placeholders
        + ")";
  }

  private String onKey() {
    return " ON CONFLICT (" + String.join(", ", RecordColumns.insert(dialect, keys)) + ")";
  }

  private String excluded() {
    return RecordColumns.insert(dialect, others).stream()
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  /// A record's values as parameters.
  List<@Nullable Object> row(DimensionRecord record) {
    List<@Nullable Object> parameters = new ArrayList<>();
    for (int i = 0; i < record.values().size(); i++) {
      ColumnType type = element.recordColumns().get(i).type();
      parameters.addAll(RecordColumns.value(dialect, type, record.values().get(i)).parameters());
    }
    return parameters;
  }

  /// Makes other writers of a record wait until this transaction has ended.
  Sql lock(DimensionRecord record) {
    return new Sql(
        "SELECT 1 FROM " + name + " WHERE " + ofKey() + dialect.rowLock(),
        record.values().subList(0, keys.size()));
  }

  /// Gives the record that is there the values of this one in some columns.
  Sql update(List<Column> columns, DimensionRecord record) {
    List<@Nullable Object> parameters = new ArrayList<>();
    for (Column column : columns) {
      Object value = record.values().get(element.recordColumns().indexOf(column));
      parameters.addAll(RecordColumns.value(dialect, column.type(), value).parameters());
    }
    parameters.addAll(record.values().subList(0, keys.size()));
    String text =
        "UPDATE %s SET %s WHERE %s"
            .formatted(
                name,
                columns.stream().map(this::assignment).collect(Collectors.joining(", ")),
                ofKey());
    return new Sql(text, parameters);
  }

  private String assignment(Column column) {
    List<String> targets = RecordColumns.insert(dialect, List.of(column));
    String value = RecordColumns.value(dialect, column.type(), null).text();
    return targets.size() == 1
        ? targets.getFirst() + " = " + value
        : "(" + String.join(", ", targets) + ") = (" + value + ")";
  }

  private String ofKey() {
    return keys.stream()
        .map(column -> RecordColumns.quote(column.name()) + " = ?")
        .collect(Collectors.joining(" AND "));
  }
}
