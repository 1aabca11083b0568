package equerry.direct.exchange.document;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionUniverse;
import equerry.direct.exchange.yaml.YamlTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows of older universes in a later one, as the stock package's import changes them.
///
/// | since | what changed |
/// |---|---|
/// | 1 | visits have no `seeing`, and a `day_obs` |
/// | 2 | visits belong to visit systems through `visit_system_membership` |
/// | 6 | `day_obs` and `group` are dimensions, with records of their own |
///
/// Records of `day_obs` get no timespan: only the instrument's Python class knows when its day
/// begins. For the same reason a missing `day_obs` is the TAI date at which the visit begins.
final class Migration {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final DimensionUniverse universe;
  private final long version;
  private final boolean applies;
  private final Set<List<@Nullable Object>> days = new HashSet<>();

  Migration(DocumentHeader header, DimensionUniverse universe) {
    this.universe = universe;
    this.version = header.universeVersion();
    this.applies = header.universeNamespace().equals("daf_butler");
  }

  private boolean isBefore(int changed) {
    return applies && version < changed;
  }

  /// The rows to insert in place of some, in the order in which they must be inserted.
  List<Part.Records> migrate(Part.Records part) {
    return switch (part.element()) {
      case "visit" -> visits(part);
      case "exposure" -> exposures(part);
      default -> List.of(part);
    };
  }

  /// Whether a dimension of a dataset type of visits is to be left out.
  boolean isDropped(String dimension, List<String> dimensions) {
    return dimension.equals("visit_system")
        && dimensions.contains("visit")
        && isBefore(2)
        && has("visit_system_membership");
  }

  /// Whether any records of days were made.
  boolean madeDays() {
    return !days.isEmpty();
  }

  private List<Part.Records> visits(Part.Records part) {
    DimensionElement visit = universe.element("visit");
    List<Map<String, @Nullable Object>> rows = copies(part);
    List<Map<String, @Nullable Object>> memberships = new ArrayList<>();
    if (isBefore(2) && has("visit_system_membership")) {
      rows.forEach(row -> memberships.add(membership(row)));
    }
    if (isBefore(1) && visit.findField("seeing").isEmpty()) {
      rows.forEach(row -> row.remove("seeing"));
    }
    boolean impliesDay = visit.implied().contains("day_obs");
    if (isBefore(1) && (impliesDay || visit.findField("day_obs").isPresent())) {
      rows.forEach(row -> row.put("day_obs", day(row.get("datetime_begin"))));
    }
    List<Part.Records> parts = new ArrayList<>();
    if (isBefore(6) && impliesDay) {
      add(parts, "day_obs", newDays(rows));
    }
    add(parts, "visit", rows);
    add(parts, "visit_system_membership", memberships);
    return parts;
  }

  private static Map<String, @Nullable Object> membership(Map<String, @Nullable Object> visit) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("instrument", visit.get("instrument"));
    row.put("visit_system", visit.remove("visit_system"));
    row.put("visit", visit.get("id"));
    return row;
  }

  private static @Nullable Object day(@Nullable Object begin) {
    if (!(begin instanceof YamlTime time)) {
      return null;
    }
    long seconds = Math.floorDiv(time.nanos(), NANOS_PER_SECOND);
    return Long.valueOf(DAY.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)));
  }

  private List<Part.Records> exposures(Part.Records part) {
    DimensionElement exposure = universe.element("exposure");
    List<Map<String, @Nullable Object>> rows = copies(part);
    List<Part.Records> parts = new ArrayList<>();
    if (isBefore(6) && exposure.implied().contains("day_obs")) {
      add(parts, "day_obs", newDays(rows));
    }
    if (isBefore(6) && exposure.implied().contains("group")) {
      add(parts, "group", rows.stream().map(Migration::group).distinct().toList());
    }
    add(parts, "exposure", rows);
    return parts;
  }

  private static Map<String, @Nullable Object> group(Map<String, @Nullable Object> exposure) {
    exposure.put("group", exposure.remove("group_name"));
    exposure.remove("group_id");
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("instrument", exposure.get("instrument"));
    row.put("name", exposure.get("group"));
    return row;
  }

  private List<Map<String, @Nullable Object>> newDays(List<Map<String, @Nullable Object>> rows) {
    List<Map<String, @Nullable Object>> made = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      Map<String, @Nullable Object> day = new LinkedHashMap<>();
      day.put("instrument", row.get("instrument"));
      day.put("id", row.get("day_obs"));
      if (days.add(new ArrayList<>(day.values()))) {
        made.add(day);
      }
    }
    return made;
  }

  private boolean has(String element) {
    return universe.findElement(element).isPresent();
  }

  private static List<Map<String, @Nullable Object>> copies(Part.Records part) {
    List<Map<String, @Nullable Object>> copies = new ArrayList<>();
    part.rows().forEach(row -> copies.add(new LinkedHashMap<>(row)));
    return copies;
  }

  private static void add(
      List<Part.Records> parts, String element, List<Map<String, @Nullable Object>> rows) {
    if (!rows.isEmpty()) {
      parts.add(new Part.Records(element, rows));
    }
  }
}
