package equerry.registry.write;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.dimension.RecordEdits.OnDifference;
import equerry.api.dimension.RecordEdits.Synced;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.db.Sql;
import equerry.registry.dimension.RecordReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one record be there as it is given.
///
/// Every column is compared, those without a value, too: a value that is there and not given is a
/// difference.
final class RecordSync {
  private final WriteScope scope;
  private final SkypixRows pixels;
  private final DimensionRecord given;
  private final DimensionElement element;
  private final ElementTable table;

  RecordSync(WriteScope scope, SkypixRows pixels, DimensionRecord given) {
    this.scope = scope;
    this.pixels = pixels;
    this.given = given;
    this.element = given.element();
    this.table = new ElementTable(element, scope.session().dialect());
  }

  Synced run(OnDifference onDifference) throws SQLException {
    Optional<DimensionRecord> there = find();
    if (there.isEmpty()) {
      if (insert()) {
        return new Synced.Inserted();
      }
      there = find();
    }
    if (there.isEmpty()) {
      throw conflicts(OnConflict.SKIP).conflict();
    }
    List<Column> differences = differences(there.get());
    if (differences.isEmpty()) {
      return new Synced.Unchanged();
    }
    return switch (onDifference) {
      case FAIL -> throw different(there.get(), differences);
      case UPDATE -> update();
    };
  }

  private RecordConflicts conflicts(OnConflict onConflict) {
    return new RecordConflicts(scope, element, List.of(given), onConflict);
  }

  private Optional<DimensionRecord> find() throws SQLException {
    Map<String, Object> keys = new HashMap<>();
    for (String name : element.required()) {
      keys.put(name, Objects.requireNonNull(given.value(name)));
    }
    return RecordReader.find(scope.session(), element, keys);
  }

  /// Inserts the record unless another writer was faster or an alternate key is taken.
  private boolean insert() throws SQLException {
    Sql insert = new Sql(table.insertIfFree(), table.row(given));
    boolean inserted =
        conflicts(OnConflict.SKIP).guard(session -> scope.session().execute(insert)) > 0;
    Milestone.RECORDS_INSERTED.passed();
    if (inserted && SkypixRows.isSpatial(element)) {
      pixels.add(element, List.of(given));
    }
    if (inserted && element.isGovernor()) {
      pixels.summarize(element, List.of(given));
    }
    return inserted;
  }

  private List<Column> differences(DimensionRecord there) {
    List<Column> differences = new ArrayList<>();
    for (int i = 0; i < given.values().size(); i++) {
      if (!Objects.deepEquals(there.values().get(i), given.values().get(i))) {
        differences.add(element.recordColumns().get(i));
      }
    }
    return differences;
  }

  private ButlerException different(DimensionRecord there, List<Column> differences) {
    return new ButlerException.Conflict(
        ErrorCode.CONFLICT,
        "There is a record of %s with other values: %s. Nothing was changed."
            .formatted(
                RecordValues.described(given),
                differences.stream()
                    .map(column -> difference(column.name(), there))
                    .collect(Collectors.joining(", "))));
  }

  private String difference(String column, DimensionRecord there) {
    return "%s is %s, not %s"
        .formatted(
            column,
            RecordValues.shown(there.value(column)),
            RecordValues.shown(given.value(column)));
  }

  /// Overwrites the columns that differ once no other writer can change them.
  private Synced update() throws SQLException {
    scope.session().first(table.lock(given), row -> true);
    Optional<DimensionRecord> there = find();
    if (there.isEmpty()) {
      throw conflicts(OnConflict.SKIP).conflict();
    }
    List<Column> differences = differences(there.get());
    if (differences.isEmpty()) {
      return new Synced.Unchanged();
    }
    conflicts(OnConflict.REPLACE)
        .guard(session -> scope.session().execute(table.update(differences, given)));
    Map<String, @Nullable Object> before = new LinkedHashMap<>();
    differences.forEach(column -> before.put(column.name(), there.get().value(column.name())));
    if (before.containsKey("region")) {
      pixels.remove(element, List.of(given));
      pixels.add(element, List.of(given));
    }
    return new Synced.Updated(before);
  }
}
