package equerry.registry.query;

import equerry.api.query.DatasetColumn;
import equerry.api.query.Expression;
import equerry.api.query.References;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.query.BoundQuery.DatasetSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.CaseConditionStep;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Decides which rows of the joins are one row of the result, and folds them.
///
/// Rows are folded when dimensions are projected away, when a search of several collections is only
/// a constraint, and when a first dataset is wanted of a calibration search: there the validity
/// ranges of one data ID in one collection are counted, since more than one is an error.
///
/// @param query the query
/// @param projection its result
/// @param extraColumns columns that folding or the search for the first dataset needs
record Uniqueness(BoundQuery query, Projection projection, Set<LogicalColumn> extraColumns) {

  static Uniqueness of(BoundQuery query, Projection projection) {
    Set<LogicalColumn> extra = new LinkedHashSet<>(Planner.keys(projection.dimensions()));
    for (DatasetSearch search : query.datasets().values()) {
      String name = search.type().type().name();
      if (search.collections().size() > 1 && needsCollection(name, projection)) {
        extra.add(new LogicalColumn.CollectionKey(name));
      }
    }
    return new Uniqueness(query, projection, extra);
  }

  private static boolean needsCollection(String type, Projection projection) {
    return isProjected(type, projection)
        && (!projection.findFirst().isEmpty()
            || projection
                .columns()
                .contains(new LogicalColumn.Dataset(type, DatasetColumn.TIMESPAN))
            || projection
                .columns()
                .contains(new LogicalColumn.Dataset(type, DatasetColumn.COLLECTION)));
  }

  private static boolean isProjected(String type, Projection projection) {
    return projection.columns().stream()
        .anyMatch(
            column ->
                column instanceof LogicalColumn.Dataset dataset
                    && dataset.datasetType().equals(type));
  }

  private boolean losesDimensions() {
    return projection.dimensions() != query.dimensions();
  }

  /// Whether a search of several collections only constrains rows by its columns; without any of
  /// them it has each data ID once.
  private boolean repeatsDatasets() {
    Set<String> constraining = new LinkedHashSet<>();
    References.walk(
        query.predicate(),
        leaf -> {
          if (leaf instanceof Expression.DatasetField field) {
            constraining.add(field.datasetType());
          }
        });
    return query.datasets().values().stream()
        .filter(search -> search.collections().size() > 1)
        .map(search -> search.type().type().name())
        .anyMatch(name -> constraining.contains(name) && !isProjected(name, projection));
  }

  private boolean countsMatches() {
    DatasetSearch first = query.datasets().get(projection.findFirst());
    return first != null && first.isCalibration();
  }

  Stage apply(Stage stage, Flavor flavor) {
    Stage folded = stage;
    if (losesDimensions() || repeatsDatasets() || countsMatches()) {
      folded = fold(stage, flavor);
    }
    DatasetSearch first = query.datasets().get(projection.findFirst());
    return first != null && first.collections().size() > 1 ? findFirst(folded, first) : folded;
  }

  private Stage fold(Stage stage, Flavor flavor) {
    Set<LogicalColumn> keys = new LinkedHashSet<>();
    for (LogicalColumn column : stage.columns().keySet()) {
      if (isKey(column)) {
        keys.add(column);
      }
    }
    boolean onlyKeys = keys.containsAll(stage.columns().keySet());
    if (onlyKeys && !countsMatches()) {
      return stage.distinct();
    }
    List<Field<?>> keyFields = new ArrayList<>();
    keys.forEach(key -> keyFields.addAll(stage.value(key).fields()));
    if (keyFields.isEmpty()) {
      keyFields.add(DSL.inline("").concat(DSL.inline("")));
    }
    boolean gathers =
        stage.columns().keySet().stream().anyMatch(LogicalColumn.Gathered.class::isInstance);
    if (!countsMatches() && !gathers && flavor.hasDistinctOn()) {
      return stage.distinctOn(keyFields);
    }
    Map<LogicalColumn, SqlValue> aggregated = new LinkedHashMap<>();
    stage
        .columns()
        .forEach(
            (column, value) ->
                aggregated.put(
                    column, keys.contains(column) ? value : folded(column, value, flavor)));
    if (countsMatches()) {
      aggregated.put(new LogicalColumn.MatchCount(), SqlValue.of(DSL.count()));
    }
    return stage.grouped(aggregated, keyFields);
  }

  private static SqlValue folded(LogicalColumn column, SqlValue value, Flavor flavor) {
    if (column instanceof LogicalColumn.Gathered gathered) {
      return SqlValue.of(flavor.joinText(value.scalar(), gathered.separator()));
    }
    List<Field<?>> fields = new ArrayList<>();
    value.fields().forEach(field -> fields.add(flavor.anyOf(field)));
    return new SqlValue(fields);
  }

  /// Whether rows that differ in a column stay apart; other columns follow from these.
  private boolean isKey(LogicalColumn column) {
    return switch (column) {
      case LogicalColumn.Key key -> projection.dimensions().contains(key.dimension());
      case LogicalColumn.CollectionKey key -> true;
      case LogicalColumn.Dataset dataset -> isKey(dataset);
      case LogicalColumn.Field field -> false;
      case LogicalColumn.MatchCount count -> false;
      case LogicalColumn.Gathered gathered -> false;
    };
  }

  private boolean isKey(LogicalColumn.Dataset dataset) {
    DatasetSearch search = query.datasets().get(dataset.datasetType());
    if (search == null || dataset.datasetType().equals(projection.findFirst())) {
      return false;
    }
    return switch (dataset.column()) {
      case TIMESPAN -> search.isCalibration();
      case DATASET_ID -> search.collections().size() > 1 || search.isCalibration();
      case COLLECTION, INGEST_DATE, RUN -> false;
    };
  }

  private Stage findFirst(Stage stage, DatasetSearch search) {
    List<Field<?>> partition = new ArrayList<>();
    projection
        .dimensions()
        .required()
        .forEach(name -> partition.add(stage.value(new LogicalColumn.Key(name)).scalar()));
    LogicalColumn key = new LogicalColumn.CollectionKey(search.type().type().name());
    Stage numbered = stage.numbered(partition, rank(stage.value(key).scalar(), search));
    return numbered.where(DSL.condition("{0} = 1", numbered.rowNumber()));
  }

  private static Field<?> rank(Field<?> key, DatasetSearch search) {
    CaseConditionStep<Integer> ranks = null;
    int rank = 0;
    for (CollectionRow row : search.collections()) {
      var isRow = DSL.condition("{0} = {1}", key, DSL.inline(row.key()));
      ranks =
          ranks == null ? DSL.when(isRow, DSL.inline(rank)) : ranks.when(isRow, DSL.inline(rank));
      rank++;
    }
    return Objects.requireNonNull(ranks);
  }
}
