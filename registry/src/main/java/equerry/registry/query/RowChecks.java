package equerry.registry.query;

import equerry.registry.db.Row;
import equerry.sphere.Overlap;
import equerry.sphere.Region;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Makes the checks of a plan on its rows. For one stream and one thread at a time.
///
/// A row is dropped only when its regions surely do not overlap. Regions are decoded once for many
/// rows that have them.
final class RowChecks {
  /// How many regions, and how many answers of a check, are remembered.
  private static final int REMEMBERED_REGIONS = 4096;

  private final List<RowCheck> checks = new ArrayList<>();
  private final Map<String, Region> regions = new Recent<>(REMEMBERED_REGIONS);

  /// One check on the current row.
  private interface RowCheck {
    boolean passes(Row row) throws SQLException;
  }

  RowChecks(List<Check> checks, Map<LogicalColumn, Integer> places) {
    Function<LogicalColumn, Integer> place = column -> Objects.requireNonNull(places.get(column));
    checks.forEach(check -> this.checks.add(rowCheck(check, place)));
  }

  private RowCheck rowCheck(Check check, Function<LogicalColumn, Integer> place) {
    return switch (check) {
      case Check.Joined joined -> {
        int a = place.apply(Check.region(joined.a()));
        int b = place.apply(Check.region(joined.b()));
        yield row -> isPossible(region(row.text(a)).overlaps(region(row.text(b))));
      }
      case Check.Within within ->
          within(place.apply(Check.region(within.element())), within.region());
      case Check.AnyPair any -> {
        int pairs = place.apply(any.pairs());
        yield row -> isPossible(Region.overlapsBase64(row.text(pairs)));
      }
      case Check.UnionWithin union -> within(place.apply(union.regions()), union.region());
    };
  }

  private RowCheck within(int place, Region region) {
    Map<String, Boolean> known = new Recent<>(REMEMBERED_REGIONS);
    return row -> {
      String text = row.text(place);
      Boolean passes = known.get(text);
      if (passes == null) {
        passes = isPossible(region(text).overlaps(region));
        known.put(text, passes);
      }
      return passes;
    };
  }

  private static boolean isPossible(Overlap overlap) {
    return overlap.isPossible();
  }

  private Region region(String base64) {
    Region known = regions.get(base64);
    if (known == null) {
      known = Region.decodeBase64(base64);
      regions.put(base64, known);
    }
    return known;
  }

  boolean pass(Row row) throws SQLException {
    for (RowCheck check : checks) {
      if (!check.passes(row)) {
        return false;
      }
    }
    return true;
  }
}
