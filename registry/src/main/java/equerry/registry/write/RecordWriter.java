package equerry.registry.write;

import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// [RecordEdits] on the tables.
final class RecordWriter implements RecordEdits {
  private final WriteScope scope;
  private final SkypixRows pixels;

  RecordWriter(WriteScope scope) {
    this.scope = scope;
    this.pixels = new SkypixRows(scope);
  }

  @Override
  public void insert(Collection<DimensionRecord> records, OnConflict onConflict) {
    if (records.isEmpty()) {
      return;
    }
    List<DimensionRecord> checked = checked(records);
    List<DimensionRecord> due = onConflict == OnConflict.REPLACE ? lastOfEachKey(checked) : checked;
    scope.call(
        () -> {
          write(due.getFirst().element(), due, onConflict);
          return due;
        });
  }

  private List<DimensionRecord> checked(Collection<DimensionRecord> records) {
    List<DimensionRecord> checked = new ArrayList<>(records.size());
    for (DimensionRecord record : records) {
      checked.add(RecordValues.checked(scope.universe(), record));
      if (checked.getLast().element() != checked.getFirst().element()) {
        throw new ButlerException.Invalid(
            ErrorCode.DIMENSION_VALUE,
            "Records of %s and %s cannot be inserted together. Nothing was changed."
                .formatted(checked.getFirst().element(), checked.getLast().element()));
      }
    }
    return checked;
  }

  private static List<DimensionRecord> lastOfEachKey(List<DimensionRecord> records) {
    Map<List<@Nullable Object>, DimensionRecord> last = new LinkedHashMap<>();
    for (DimensionRecord record : records) {
      last.put(record.values().subList(0, record.element().required().size()), record);
    }
    return List.copyOf(last.values());
  }

  private void write(DimensionElement element, List<DimensionRecord> records, OnConflict onConflict)
      throws SQLException {
    ElementTable table = new ElementTable(element, scope.session().dialect());
    Iterable<List<@Nullable Object>> rows = () -> records.stream().map(table::row).iterator();
    new RecordConflicts(scope, element, records, onConflict)
        .guard(session -> scope.session().batch(table.insert(onConflict), rows));
    Milestone.RECORDS_INSERTED.passed();
    if (SkypixRows.isSpatial(element)) {
      if (onConflict == OnConflict.REPLACE) {
        pixels.remove(element, records);
      }
      pixels.add(element, records);
    }
    if (element.isGovernor()) {
      pixels.summarize(element, records);
    }
  }

  @Override
  public Synced sync(DimensionRecord record, OnDifference onDifference) {
    DimensionRecord checked = RecordValues.checked(scope.universe(), record);
    return scope.call(() -> new RecordSync(scope, pixels, checked).run(onDifference));
  }
}
