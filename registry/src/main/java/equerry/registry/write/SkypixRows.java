package equerry.registry.write;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionElement.Skypix;
import equerry.api.dimension.DimensionRecord;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.db.Constraint;
import equerry.registry.db.Sql;
import equerry.registry.dimension.SkyPixels;
import equerry.registry.schema.RecordColumns;
import equerry.sphere.Pixelization;
import equerry.sphere.RangeSet;
import equerry.sphere.Region;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows that say which pixels of the common skypix dimension the regions of records touch.
///
/// Queries find what overlaps by these rows alone, so every record with a region must have them, and
/// none that it does not need: joins with the skypix dimension take them as they are.
final class SkypixRows {
  private final WriteScope scope;
  private final Skypix common;
  private final Pixelization pixels;

  SkypixRows(WriteScope scope) {
    DimensionElement dimension = SkyPixels.common(scope.universe());
    this.scope = scope;
    this.common = dimension.skypix().orElseThrow();
    this.pixels = SkyPixels.of(dimension);
  }

  /// Says that the overlaps of all spatial elements with these values of a governor are kept.
  void summarize(DimensionElement governor, Collection<DimensionRecord> records)
      throws SQLException {
    List<List<@Nullable Object>> rows = records.stream().map(this::keyRow).toList();
    for (DimensionElement element : scope.universe().elements()) {
      if (isSpatial(element) && governorOf(element).equals(governor.name())) {
        String table = element.name() + "_skypix_overlap_summary";
        scope.session().batch(insert(table, List.of(governor.name())), rows);
      }
    }
  }

  static boolean isSpatial(DimensionElement element) {
    return element.hasTable() && element.spatial().isPresent();
  }

  private String governorOf(DimensionElement element) {
    return element.required().stream()
        .filter(name -> scope.universe().element(name).isGovernor())
        .findFirst()
        .orElse("");
  }

  /// Adds the pixels of records' regions.
  void add(DimensionElement element, Collection<DimensionRecord> records) throws SQLException {
    requireCommonOnly(element);
    List<String> columns = new ArrayList<>(element.required());
    columns.add("skypix_index");
    Iterable<List<@Nullable Object>> rows =
        () -> records.stream().flatMap(this::pixelRows).iterator();
    try {
      scope.session().batch(insert(table(element), columns), rows);
    } catch (SQLException failure) {
      if (Constraint.broken(failure).filter(Constraint.FOREIGN_KEY::equals).isPresent()) {
        throw new ButlerException.Conflict(
            ErrorCode.CONFLICT,
            "The repository does not say that it keeps overlaps of "
                + element
                + " with "
                + governorOf(element)
                + " of these records; `equerry doctor --fix` mends that. Nothing was changed.",
            failure);
      }
      throw failure;
    }
    Milestone.OVERLAPS_INSERTED.passed();
  }

  /// Removes the pixels of the regions that records had.
  void remove(DimensionElement element, Collection<DimensionRecord> records) throws SQLException {
    String keys =
        element.required().stream()
            .map(name -> " AND " + RecordColumns.quote(name) + " = ?")
            .collect(Collectors.joining());
    String text =
        "DELETE FROM "
            + RecordColumns.quote(table(element))
            + " WHERE skypix_system = ? AND skypix_level = ?"
            + keys;
    scope.session().batch(text, records.stream().map(this::keyRow).toList());
    Milestone.OVERLAPS_DELETED.passed();
  }

  /// The tables have a place for other pixelizations, which nobody writes yet: a repository that has
  /// one needs rows that we do not know to make.
  private void requireCommonOnly(DimensionElement element) throws SQLException {
    Sql others =
        Sql.of(
            "SELECT skypix_system, skypix_level FROM "
                + RecordColumns.quote(table(element) + "_summary")
                + " WHERE NOT (skypix_system = ? AND skypix_level = ?) LIMIT 1",
            common.system(),
            (long) common.level());
    Optional<String> other = scope.session().first(others, row -> row.text(1) + row.integer(2));
    if (other.isPresent()) {
      throw new ButlerException.Invalid(
          ErrorCode.UNSUPPORTED_REPOSITORY,
          "This repository keeps overlaps of %s with %s, which this version of Equerry cannot write. Nothing was changed."
              .formatted(element, other.get()));
    }
  }

  private static String table(DimensionElement element) {
    return element.name() + "_skypix_overlap";
  }

  private static String insert(String table, List<String> columns) {
    return "INSERT INTO %s (skypix_system, skypix_level, %s) VALUES (?, ?%s) ON CONFLICT DO NOTHING"
        .formatted(
            RecordColumns.quote(table),
            columns.stream().map(RecordColumns::quote).collect(Collectors.joining(", ")),
            ", ?".repeat(columns.size()));
  }

  private List<@Nullable Object> keyRow(DimensionRecord record) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(common.system());
    row.add((long) common.level());
    row.addAll(record.values().subList(0, record.element().required().size()));
    return row;
  }

  private Stream<List<@Nullable Object>> pixelRows(DimensionRecord record) {
    if (!(record.value("region") instanceof byte[] region)) {
      return Stream.empty();
    }
    List<@Nullable Object> key = keyRow(record);
    return envelope(record, region).ranges().stream()
        .flatMapToLong(range -> LongStream.range(range.begin(), range.end()))
        .mapToObj(
            pixel -> {
              List<@Nullable Object> row = new ArrayList<>(key);
              row.add(pixel);
              return row;
            });
  }

  private RangeSet envelope(DimensionRecord record, byte[] region) {
    try {
      return pixels.envelope(Region.decode(region));
    } catch (IllegalArgumentException refused) {
      throw RecordValues.invalid(
          record,
          record.element().findField("region").orElseThrow(),
          "a region whose pixels cannot be found: " + refused.getMessage());
    }
  }
}
