package equerry.registry.write;

import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.api.time.Timespan;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import equerry.registry.db.Dialect;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes datasets valid for a time in CALIBRATION collections, and ends that.
///
/// No constraint of the tables forbids that the ranges of one data ID overlap. It is this class that
/// looks before it inserts, and that keeps other writers out of the table in between.
final class ValidityRows {
  private final WriteScope scope;
  private final Dialect dialect;

  ValidityRows(WriteScope scope) {
    this.scope = scope;
    this.dialect = scope.session().dialect();
  }

  /// A dataset type in a CALIBRATION collection.
  ///
  /// @param table the table of its ranges, as SQL has it
  private record Place(CollectionRow collection, TypeRow type, String table) {
    List<String> dimensions(String alias) {
      return RecordColumns.quoted(alias, type.type().dimensions().required());
    }
  }

  void certify(String name, Collection<DatasetRef> refs, Timespan timespan) throws SQLException {
    CollectionRow collection = scope.collection(name, CollectionType.CALIBRATION);
    for (Map.Entry<TypeRow, List<DatasetRef>> group : TagRows.byType(scope, refs).entrySet()) {
      certify(place(collection, group.getKey()), group.getValue(), timespan);
    }
    Milestone.DATASETS_CERTIFIED.passed();
  }

  private static Place place(CollectionRow collection, TypeRow type) {
    String table = type.calibsTable();
    if (table == null) {
      throw new ButlerException.Invalid(
          ErrorCode.DATASET_TYPE,
          "Datasets of type '%s' have no validity ranges: it is no calibration type. Nothing was changed."
              .formatted(type.type().name()));
    }
    return new Place(collection, type, RecordColumns.quote(table));
  }

  private void certify(Place place, List<DatasetRef> refs, Timespan timespan) throws SQLException {
    List<List<Object>> rows =
        DataIdRows.of(place.type(), refs.stream().map(DatasetRef::dataId).toList());
    Map<List<Object>, UUID> wanted = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      UUID other = wanted.putIfAbsent(rows.get(i), refs.get(i).id());
      if (other != null && !other.equals(refs.get(i).id()) && !timespan.isEmpty()) {
        throw conflict(place, timespan, new Valid(other, rows.get(i), timespan));
      }
    }
    lock(place);
    new SummaryRows(scope).ensure(place.collection(), place.type(), rows);
    for (List<List<Object>> some : Batches.of(wanted.keySet(), Tuples.BATCH)) {
      Optional<Valid> valid = valid(place, some, timespan);
      if (valid.isPresent()) {
        throw conflict(place, timespan, valid.get());
      }
    }
    for (List<UUID> ids : Batches.of(TagRows.ids(refs), FileRows.BATCH)) {
      if (scope.session().execute(insert(place, ids, timespan)) < ids.size()) {
        throw TagRows.missing(place.type(), missing(place, ids));
      }
    }
  }

  private void lock(Place place) throws SQLException {
    Optional<String> lock = dialect.tableLock(List.of(place.table()));
    if (lock.isPresent()) {
      scope.session().define(lock.get());
    }
  }

  /// A dataset, and when it is valid.
  private record Valid(UUID id, List<Object> dataId, @Nullable Timespan timespan) {}

  private Optional<Valid> valid(Place place, List<List<Object>> dataIds, Timespan timespan)
      throws SQLException {
    List<String> dimensions = place.dimensions("c");
    List<String> columns = new ArrayList<>(List.of("c.dataset_id"));
    columns.addAll(dimensions);
    columns.addAll(dialect.timespanColumns("c"));
    Condition condition = new Condition(place, timespan, dataIds);
    String text =
        "SELECT %s FROM %s c WHERE %s LIMIT 1"
            .formatted(String.join(", ", columns), place.table(), condition.text);
    return scope
        .session()
        .first(
            new Sql(text, condition.parameters),
            row ->
                new Valid(
                    row.uuid(1),
                    DatasetFaults.values(row, 2, dimensions.size()),
                    row.timespanOrNull(2 + dimensions.size())));
  }

  private static ButlerException conflict(Place place, Timespan timespan, Valid valid) {
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        "Dataset %s of type '%s' and data ID %s is valid for %s in '%s', which overlaps %s; decertify that first. Nothing was changed."
            .formatted(
                valid.id(),
                place.type().type().name(),
                DataIdRows.show(place.type(), valid.dataId()),
                valid.timespan(),
                place.collection().name(),
                timespan));
  }

  private Sql insert(Place place, List<UUID> ids, Timespan timespan) {
    List<String> dimensions = place.type().type().dimensions().required();
    List<String> columns = new ArrayList<>(List.of("id", "dataset_type_id", "dataset_id"));
    columns.add(scope.variant().collectionKeys().collectionColumn());
    dimensions.forEach(name -> columns.add(RecordColumns.quote(name)));
    columns.addAll(dialect.timespanNames());
    Sql range = dialect.timespanValue(timespan);
    List<String> values =
        new ArrayList<>(List.of(nextId(place), "t.dataset_type_id", "t.dataset_id", "?"));
    values.addAll(place.dimensions("t"));
    values.add(range.text());
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(place.collection().key());
    parameters.addAll(range.parameters());
    parameters.add(place.type().id());
    parameters.add(ids);
    return new Sql(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(
                place.table(),
                String.join(", ", columns),
                String.join(", ", values),
                TagRows.inRun(scope, place.type())),
        parameters);
  }

  private String nextId(Place place) {
    return dialect.nextNumber(String.valueOf(place.type().calibsTable()), "id");
  }

  private UUID missing(Place place, List<UUID> ids) throws SQLException {
    Set<UUID> missing = new LinkedHashSet<>(ids);
    scope
        .session()
        .list(
            Sql.of(
                "SELECT t.dataset_id FROM " + TagRows.inRun(scope, place.type()),
                place.type().id(),
                ids),
            row -> row.uuid(1))
        .forEach(missing::remove);
    return missing.iterator().next();
  }

  void decertify(
      String name, String datasetType, Timespan timespan, @Nullable Collection<DataId> dataIds)
      throws SQLException {
    CollectionRow collection = scope.collection(name, CollectionType.CALIBRATION);
    Place place = place(collection, scope.catalog().type(scope.session(), datasetType));
    if (timespan.isEmpty()) {
      return;
    }
    lock(place);
    if (dataIds == null) {
      cut(place, timespan, null);
    } else {
      Set<List<Object>> rows = new LinkedHashSet<>(DataIdRows.of(place.type(), dataIds));
      for (List<List<Object>> some : Batches.of(rows, Tuples.BATCH)) {
        cut(place, timespan, some);
      }
    }
  }

  /// Writes what the ranges have before and after a time as new rows, which do not overlap it, and
  /// deletes those that do.
  private void cut(Place place, Timespan timespan, @Nullable List<List<Object>> dataIds)
      throws SQLException {
    long begin = timespan.beginNanos();
    long end = timespan.endNanos();
    if (begin > Timespan.MIN_NANOS) {
      Timespan before = new Timespan(Timespan.MIN_NANOS, begin);
      keep(place, dialect.timespanUntil("c", begin), timespan, before, dataIds);
    }
    if (end < Timespan.MAX_NANOS) {
      Timespan after = new Timespan(end, Timespan.MAX_NANOS);
      keep(place, dialect.timespanFrom("c", end), timespan, after, dataIds);
    }
    Milestone.DATASETS_RANGES_SPLIT.passed();
    Condition cut = new Condition(place, timespan, dataIds);
    scope
        .session()
        .execute(
            new Sql(
                "DELETE FROM %1$s WHERE id IN (SELECT c.id FROM %1$s c WHERE %2$s)"
                    .formatted(place.table(), cut.text),
                cut.parameters));
  }

  private void keep(
      Place place,
      Sql piece,
      Timespan timespan,
      Timespan side,
      @Nullable List<List<Object>> dataIds)
      throws SQLException {
    List<String> columns = new ArrayList<>(List.of("dataset_type_id", "dataset_id"));
    columns.add(scope.variant().collectionKeys().collectionColumn());
    place.type().type().dimensions().required().forEach(d -> columns.add(RecordColumns.quote(d)));
    Condition condition = new Condition(place, timespan, dataIds);
    Sql reaching = dialect.timespanOverlaps("c", side);
    List<@Nullable Object> parameters = new ArrayList<>(piece.parameters());
    parameters.addAll(condition.parameters);
    parameters.addAll(reaching.parameters());
    scope
        .session()
        .execute(
            new Sql(
                "INSERT INTO %1$s (id, %2$s, %3$s) SELECT %4$s, c.%5$s, %6$s FROM %1$s c WHERE %7$s AND %8$s"
                    .formatted(
                        place.table(),
                        String.join(", ", columns),
                        String.join(", ", dialect.timespanNames()),
                        nextId(place),
                        String.join(", c.", columns),
                        piece.text(),
                        condition.text,
                        reaching.text()),
                parameters));
  }

  /// That a row `c` is of a type in a collection, overlaps a time, and has one of some data IDs.
  private final class Condition {
    final String text;
    final List<@Nullable Object> parameters = new ArrayList<>();

    Condition(Place place, Timespan timespan, @Nullable List<List<Object>> dataIds) {
      Sql overlaps = dialect.timespanOverlaps("c", timespan);
      String all =
          "c.dataset_type_id = ? AND c.%s = ? AND %s"
              .formatted(scope.variant().collectionKeys().collectionColumn(), overlaps.text());
      parameters.add(place.type().id());
      parameters.add(place.collection().key());
      parameters.addAll(overlaps.parameters());
      if (dataIds == null) {
        text = all;
      } else {
        Sql among = Tuples.among(place.dimensions("c"), dataIds);
        text = all + " AND " + among.text();
        parameters.addAll(among.parameters());
      }
    }
  }
}
