package equerry.registry.write;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Row;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds out why new datasets were refused, so that the error can name one. Asks only after the
/// failure, with the failed statements taken back.
final class DatasetFaults {
  private final WriteScope scope;
  private final NewDatasets datasets;
  private final DimensionGroup group;

  DatasetFaults(WriteScope scope, NewDatasets datasets) {
    this.scope = scope;
    this.datasets = datasets;
    this.group = datasets.type().type().dimensions();
  }

  ButlerException explain(SQLException failure) throws SQLException {
    String fact =
        repeated()
            .or(() -> scope.call(this::missingRecord))
            .or(() -> scope.call(this::takenDataId))
            .or(() -> scope.call(this::takenId))
            .orElse(
                "Datasets of type '%s' cannot be registered in run '%s': the run, the type or a"
                        .formatted(datasets.type().type().name(), datasets.run().name())
                    + " record of their data IDs has just been removed, or another process has just"
                    + " registered them.");
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT, fact + " Nothing was changed.", failure);
  }

  private Optional<String> repeated() {
    Set<List<Object>> seen = new HashSet<>();
    return datasets.dataIds().stream()
        .filter(row -> !seen.add(row))
        .findFirst()
        .map(row -> "Two datasets of %s are to be registered in one run.".formatted(name(row)));
  }

  /// The first record that a data ID names and that is not there.
  private Optional<String> missingRecord() throws SQLException {
    for (String dimension : group.required()) {
      DimensionElement element = group.universe().element(dimension);
      if (element.hasTable()) {
        Optional<String> missing = missingRecord(element);
        if (missing.isPresent()) {
          return missing;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> missingRecord(DimensionElement element) throws SQLException {
    int[] places = element.required().stream().mapToInt(group.required()::indexOf).toArray();
    Set<List<Object>> named = new LinkedHashSet<>();
    datasets.dataIds().forEach(row -> named.add(chosen(row, places)));
    List<String> columns =
        element.recordColumns().subList(0, places.length).stream()
            .map(column -> RecordColumns.quote(column.name()))
            .toList();
    for (List<List<Object>> some : Batches.of(named, Tuples.BATCH)) {
      Sql among = Tuples.among(columns, some);
      String text =
          "SELECT %s FROM %s WHERE %s"
              .formatted(
                  String.join(", ", columns), RecordColumns.quote(element.name()), among.text());
      Set<List<Object>> missing = new LinkedHashSet<>(some);
      scope
          .session()
          .list(new Sql(text, among.parameters()), row -> values(row, 1, places.length))
          .forEach(missing::remove);
      if (!missing.isEmpty()) {
        List<Object> first = missing.iterator().next();
        List<Object> dataId =
            datasets.dataIds().stream()
                .filter(row -> chosen(row, places).equals(first))
                .findFirst()
                .orElseThrow();
        return Optional.of(
            "There is no %s record %s, which the data ID %s names; insert it first."
                .formatted(element, describe(element, first), show(dataId)));
      }
    }
    return Optional.empty();
  }

  private static List<Object> chosen(List<Object> row, int[] places) {
    List<Object> chosen = new ArrayList<>(places.length);
    for (int place : places) {
      chosen.add(row.get(place));
    }
    return chosen;
  }

  private static String describe(DimensionElement element, List<Object> values) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(element.required().get(i) + "=" + values.get(i));
    }
    return "(" + String.join(", ", parts) + ")";
  }

  /// The values of a data ID that a row has from a column on.
  static List<Object> values(Row row, int column, int count) throws SQLException {
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(Objects.requireNonNull(row.keyOrNull(column + i)));
    }
    return values;
  }

  /// The first data ID that the run has a dataset of.
  private Optional<String> takenDataId() throws SQLException {
    TypeRow type = datasets.type();
    for (List<List<Object>> some : Batches.of(datasets.dataIds(), Tuples.BATCH)) {
      Optional<Taken> taken = Taken.in(scope, datasets.run(), type, some).stream().findFirst();
      if (taken.isPresent()) {
        return Optional.of(
            "Run '%s' has a dataset of %s already, with the id %s."
                .formatted(datasets.run().name(), name(taken.get().dataId()), taken.get().id()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> takenId() throws SQLException {
    return existing(scope, datasets.ids())
        .map(id -> "Dataset %s is registered already, with another run.".formatted(id));
  }

  /// The first of these identities that is a dataset's.
  private static Optional<UUID> existing(WriteScope scope, Collection<UUID> ids)
      throws SQLException {
    String text =
        "SELECT id FROM dataset WHERE %s LIMIT 1"
            .formatted(scope.session().dialect().inList("id", ListElement.UUID));
    for (List<UUID> some : Batches.of(ids, FileRows.BATCH)) {
      Optional<UUID> found = scope.session().first(Sql.of(text, some), row -> row.uuid(1));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private String name(List<Object> dataId) {
    return "type '%s' and data ID %s".formatted(datasets.type().type().name(), show(dataId));
  }

  private Object show(List<Object> dataId) {
    return DataIdRows.show(datasets.type(), dataId);
  }
}
