package equerry.registry.query;

import equerry.api.collection.CollectionType;
import equerry.api.dimension.DimensionGroup;
import equerry.api.query.Predicate;
import equerry.registry.catalog.CollectionRow;
import equerry.registry.catalog.TypeRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A query whose names are resolved, whose defaults are applied and whose joins are decided.
///
/// @param dimensions every dimension that is joined
/// @param predicate the rows to keep, with governor defaults and automatic temporal joins
/// @param datasets the dataset searches by dataset type
/// @param uploads the uploaded rows that are joined
/// @param materializations the queries whose data IDs are joined
/// @param spatial the spatial joins and limits
/// @param constraints values that the predicate fixes for dimensions
/// @param messages why no rows can be found, empty when that is not known
record BoundQuery(
    DimensionGroup dimensions,
    Predicate predicate,
    Map<String, DatasetSearch> datasets,
    Map<UUID, Upload> uploads,
    Map<UUID, Materialized> materializations,
    Spatial spatial,
    Map<String, Object> constraints,
    List<String> messages) {

  /// A search whose collections are those that may hold what is searched.
  ///
  /// @param type the dataset type
  /// @param collections where to look, in order, without chains
  record DatasetSearch(TypeRow type, List<CollectionRow> collections) {
    /// Whether validity ranges are involved.
    boolean isCalibration() {
      return collections.stream().anyMatch(row -> row.type() == CollectionType.CALIBRATION);
    }
  }

  /// Rows of required values.
  record Upload(DimensionGroup dimensions, List<List<Object>> rows) {}

  /// A query that is joined for its data IDs.
  ///
  /// @param query that query
  /// @param dimensions the dimensions that it gives
  /// @param datasets dataset types whose searches it has applied
  record Materialized(BoundQuery query, DimensionGroup dimensions, Set<String> datasets) {
    /// What is left to check on the data IDs that it gives.
    ///
    /// @param key its key in the query that joins it
    List<Check> checks(String key) {
      return query.checks().stream().map(check -> check.projected(dimensions, key + ":")).toList();
    }
  }

  /// What must be checked after SQL.
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    spatial.joins().forEach(join -> checks.add(new Check.Joined(join.a(), join.b())));
    spatial
        .limits()
        .forEach(limit -> checks.add(new Check.Within(limit.element(), limit.region())));
    materializations.forEach(
        (key, materialized) -> checks.addAll(materialized.checks(key.toString())));
    return checks;
  }

  /// This query with data IDs in the place of its spatial joins and limits.
  BoundQuery narrowedTo(Upload dataIds) {
    Map<UUID, Upload> more = new LinkedHashMap<>(uploads);
    more.put(new UUID(0, 0), dataIds);
    Spatial none = new Spatial(Set.of(), List.of(), List.of());
    return new BoundQuery(
        dimensions, predicate, datasets, more, materializations, none, constraints, messages);
  }

  /// Whether an upload has no row, so that a run of the query can only give none. What is told
  /// without running it does not depend on this, as in the stock package.
  boolean hasEmptyUpload() {
    return uploads.values().stream().anyMatch(upload -> upload.rows().isEmpty());
  }

  /// Whether a dataset search has no collection left, so that there cannot be any row.
  boolean isDoomed() {
    return datasets.values().stream().anyMatch(search -> search.collections().isEmpty())
        || materializations.values().stream().anyMatch(m -> m.query().isDoomed());
  }
}
