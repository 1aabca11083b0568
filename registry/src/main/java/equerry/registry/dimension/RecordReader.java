package equerry.registry.dimension;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads dimension records by their keys.
public final class RecordReader {
  private RecordReader() {}

  /// Every record of an element.
  public static List<DimensionRecord> all(Session session, DimensionElement element)
      throws SQLException {
    return list(session, element, Map.of());
  }

  /// The record with these values of the element's required dimensions.
  ///
  /// An element whose records are another one's distinct values (band) has a record for each value,
  /// and so has a skypix dimension.
  public static Optional<DimensionRecord> find(
      Session session, DimensionElement element, Map<String, Object> keys) throws SQLException {
    if (!element.hasTable()) {
      List<@Nullable Object> values = new ArrayList<>();
      element.required().forEach(name -> values.add(keys.get(name)));
      return Optional.of(withoutTable(element, values));
    }
    return list(session, element, keys).stream().findFirst();
  }

  /// The records with these values of the required dimensions of an element that has a table, some
  /// at a time.
  ///
  /// @param keys values in the order of the required dimensions; those without a record are passed
  ///     over
  public static List<DimensionRecord> findAll(
      Session session, DimensionElement element, List<List<Object>> keys) throws SQLException {
    String table = RecordColumns.quote(element.name());
    List<String> columns =
        element.required().stream().map(name -> table + "." + keyColumn(element, name)).toList();
    List<DimensionRecord> found = new ArrayList<>();
    for (int start = 0; start < keys.size(); start += Tuples.BATCH) {
      List<List<Object>> some = keys.subList(start, Math.min(start + Tuples.BATCH, keys.size()));
      Sql among = Tuples.among(columns, some);
      String text =
          "SELECT %s FROM %s WHERE %s"
              .formatted(
                  String.join(
                      ", ",
                      RecordColumns.select(session.dialect(), table, element.recordColumns())),
                  table,
                  among.text());
      found.addAll(session.list(new Sql(text, among.parameters()), row -> read(row, element)));
    }
    return found;
  }

  /// The record of an element that has no table, made of its key.
  ///
  /// @param key the values of the required dimensions
  public static DimensionRecord withoutTable(DimensionElement element, List<@Nullable Object> key) {
    List<@Nullable Object> values = new ArrayList<>(key);
    if (element.skypix().isPresent() && key.getFirst() instanceof Long pixel) {
      values.add(SkyPixels.region(element, pixel));
    }
    return new DimensionRecord(element, values);
  }

  private static List<DimensionRecord> list(
      Session session, DimensionElement element, Map<String, Object> keys) throws SQLException {
    Optional<String> target = element.impliedUnionTarget();
    String table = target.orElse(element.name());
    String columns =
        String.join(
            ", ",
            target.isPresent()
                ? List.of(RecordColumns.quote(element.name()))
                : RecordColumns.select(
                    session.dialect(), RecordColumns.quote(table), element.recordColumns()));
    List<@Nullable Object> parameters = new ArrayList<>();
    String condition =
        keys.isEmpty()
            ? ""
            : element.required().stream()
                .map(
                    name -> {
                      parameters.add(keys.get(name));
                      return keyColumn(element, name) + " = ?";
                    })
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    String distinct = target.isPresent() ? "DISTINCT " : "";
    String text =
        "SELECT " + distinct + columns + " FROM " + RecordColumns.quote(table) + condition;
    return session.list(new Sql(text, parameters), row -> read(row, element));
  }

  private static String keyColumn(DimensionElement element, String dimension) {
    int index = element.required().indexOf(dimension);
    return RecordColumns.quote(element.recordColumns().get(index).name());
  }

  private static DimensionRecord read(Row row, DimensionElement element) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    int place = 1;
    for (Column column : element.recordColumns()) {
      values.add(RecordColumns.read(row, place, column.type()));
      place += row.width(column.type());
    }
    return new DimensionRecord(element, values);
  }
}
