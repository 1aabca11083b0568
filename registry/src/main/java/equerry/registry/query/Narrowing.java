package equerry.registry.query;

import equerry.api.ColumnType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionGroup;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.query.Expression;
import equerry.api.query.Predicate;
import equerry.api.query.References;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.dimension.SkyPixels;
import equerry.registry.schema.RecordColumns;
import equerry.sphere.Region;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Answers the spatial part of a query for datasets before the rest, where few data IDs are left of
/// it.
///
/// Pixels are coarse: of the detectors that share one with a patch, most do not overlap it. To join
/// datasets and records to all of them, only to drop them after SQL, costs more than to ask for the
/// regions alone, check those, and join what is left as if it had been uploaded. This is done where
/// one of two elements is given in full, or a small region is, where no other condition could leave
/// fewer candidates, and where there are no more than [#MAX_CANDIDATES].
final class Narrowing {
  /// How many data IDs are checked at once, which bounds the memory that they take.
  static final int MAX_CANDIDATES = 10_000;

  /// How many pixels of the common skypix dimension a given region has at most.
  private static final long MAX_PIXELS = 16;

  private final Planner planner;
  private final Session session;

  Narrowing(Planner planner, Session session) {
    this.planner = planner;
    this.session = session;
  }

  /// The query with the data IDs that are left in the place of its spatial condition, or as it was.
  BoundQuery apply(BoundQuery query) throws SQLException {
    if (!isWorthwhile(query)) {
      return query;
    }
    DimensionGroup dimensions = joined(query);
    List<String> keys = dimensions.required();
    Plan plan = planner.candidates(query, keys, MAX_CANDIDATES + 1L);
    RowChecks checks = new RowChecks(plan.checks(), plan.places());
    List<List<Object>> left = new ArrayList<>();
    List<Boolean> candidates =
        session.list(
            plan.sql(), row -> checks.pass(row) && left.add(key(row, dimensions.universe(), keys)));
    return candidates.size() > MAX_CANDIDATES
        ? query
        : query.narrowedTo(new BoundQuery.Upload(dimensions, left));
  }

  private static boolean isWorthwhile(BoundQuery query) {
    return !query.isDoomed()
        && !query.datasets().isEmpty()
        && query.uploads().isEmpty()
        && query.materializations().isEmpty()
        && isSelective(query)
        && isAbout(query.predicate(), Set.copyOf(joined(query).required()));
  }

  private static boolean isSelective(BoundQuery query) {
    DimensionElement common = SkyPixels.common(query.dimensions().universe());
    Spatial spatial = query.spatial();
    if (query.dimensions().contains(common.name())
        || spatial.joins().size() + spatial.limits().size() != 1) {
      return false;
    }
    return spatial.joins().isEmpty()
        ? isSmall(spatial.limits().getFirst().region(), common)
        : isGiven(spatial.joins().getFirst(), query.constraints().keySet());
  }

  private static boolean isSmall(Region region, DimensionElement common) {
    return SkyPixels.coarseEnvelope(common, region).ranges().stream()
            .mapToLong(range -> range.end() - range.begin())
            .sum()
        <= MAX_PIXELS;
  }

  private static boolean isGiven(Spatial.Join join, Set<String> constrained) {
    return constrained.containsAll(join.a().required())
        || constrained.containsAll(join.b().required());
  }

  /// The dimensions of the elements whose regions are checked.
  private static DimensionGroup joined(BoundQuery query) {
    Set<String> names = new LinkedHashSet<>();
    for (Spatial.Join join : query.spatial().joins()) {
      names.addAll(join.a().required());
      names.addAll(join.b().required());
    }
    query.spatial().limits().forEach(limit -> names.addAll(limit.element().required()));
    return query.dimensions().universe().group(names);
  }

  /// Whether a condition needs no columns but keys of these dimensions.
  private static boolean isAbout(Predicate condition, Set<String> dimensions) {
    boolean[] only = {true};
    References.walk(
        condition,
        leaf -> {
          switch (leaf) {
            case Expression.DimensionKey key ->
                only[0] &= dimensions.contains(key.dimension().name());
            case Expression.Literal literal -> {}
            case Expression column -> only[0] = false;
          }
        });
    return only[0];
  }

  /// The values of the first columns.
  private static List<Object> key(Row row, DimensionUniverse universe, List<String> dimensions)
      throws SQLException {
    List<Object> key = new ArrayList<>(dimensions.size());
    for (String dimension : dimensions) {
      ColumnType type = universe.element(dimension).primaryKey().type();
      key.add(Objects.requireNonNull(RecordColumns.read(row, key.size() + 1, type)));
    }
    return key;
  }
}
