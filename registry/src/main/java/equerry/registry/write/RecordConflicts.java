package equerry.registry.write;

import static equerry.registry.write.RecordValues.described;
import static equerry.registry.write.RecordValues.shown;
import static java.util.Objects.requireNonNull;

import equerry.api.dimension.Column;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.registry.db.Constraint;
import equerry.registry.db.Session;
import equerry.registry.db.WritableDatabase.Work;
import equerry.registry.schema.RecordColumns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out, after a database has refused records, which one it was and why.
final class RecordConflicts {
  private final WriteScope scope;
  private final DimensionElement element;
  private final List<DimensionRecord> records;
  private final OnConflict onConflict;

  RecordConflicts(
      WriteScope scope,
      DimensionElement element,
      List<DimensionRecord> records,
      OnConflict onConflict) {
    this.scope = scope;
    this.element = element;
    this.records = records;
    this.onConflict = onConflict;
  }

  /// Runs statements; when a constraint is broken, the database is asked why after they have been
  /// taken back.
  ///
  /// @throws ButlerException.Conflict (conflict)
  <T> T guard(Work<T> statements) throws SQLException {
    try {
      return scope.session().nested(statements);
    } catch (SQLException failure) {
      Optional<ButlerException> conflict = explain(failure);
      if (conflict.isPresent()) {
        throw conflict.get();
      }
      throw failure;
    }
  }

  /// The error for a broken constraint; none when the failure is another one.
  private Optional<ButlerException> explain(SQLException failure) throws SQLException {
    Optional<Constraint> broken = Constraint.broken(failure);
    if (broken.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> reason =
        switch (broken.get()) {
          case UNIQUE -> taken();
          case FOREIGN_KEY -> missing();
          case VALUE -> Optional.empty();
        };
    String message =
        reason.orElse(
            "Records of "
                + element
                + " do not fit what the repository holds, or what another writer writes now.");
    return Optional.of(
        new ButlerException.Conflict(
            ErrorCode.CONFLICT, message + " Nothing was changed.", failure));
  }

  /// The error for a record that cannot be inserted though there is none with its key.
  ButlerException conflict() throws SQLException {
    String message =
        taken().orElse("Records of " + element + " are being changed by another writer.");
    return new ButlerException.Conflict(ErrorCode.CONFLICT, message + " Nothing was changed.");
  }

  private Optional<String> taken() throws SQLException {
    ElementTable table = new ElementTable(element, scope.session().dialect());
    if (onConflict == OnConflict.FAIL) {
      Optional<String> found = takenKey(table.keyColumns());
      if (found.isPresent()) {
        return found;
      }
    }
    for (Column alternate : element.alternateKeys()) {
      Optional<String> found = takenAlternate(alternate, table.keyColumns());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> takenKey(List<String> keyColumns) throws SQLException {
    Map<List<Object>, DimensionRecord> byKey = new LinkedHashMap<>();
    for (DimensionRecord record : records) {
      if (byKey.put(key(record), record) != null) {
        return Optional.of("The record of " + described(record) + " is given twice.");
      }
    }
    return KeyLookup.find(session(), element.name(), keyColumns, byKey.keySet(), List.of())
        .keySet()
        .stream()
        .map(byKey::get)
        .findFirst()
        .map(record -> "There is a record of " + described(record) + " already.");
  }

  private Optional<String> takenAlternate(Column alternate, List<String> keyColumns)
      throws SQLException {
    List<String> columns =
        new ArrayList<>(element.required().subList(0, element.required().size() - 1));
    columns.add(alternate.name());
    Map<List<Object>, DimensionRecord> byValue = new HashMap<>();
    for (DimensionRecord record : records) {
      List<Object> value = stored(record, columns);
      DimensionRecord other = value.isEmpty() ? null : byValue.put(value, record);
      if (other != null && !key(other).equals(key(record))) {
        return Optional.of(sameAlternate(record, alternate, "another one that is given"));
      }
    }
    var there = KeyLookup.find(session(), element.name(), columns, byValue.keySet(), keyColumns);
    for (var entry : byValue.entrySet()) {
      List<Object> other = there.get(entry.getKey());
      if (other != null && !other.equals(key(entry.getValue()))) {
        String which = "the one with " + keyColumns.getLast() + "=" + shown(other.getLast());
        return Optional.of(sameAlternate(entry.getValue(), alternate, which));
      }
    }
    return Optional.empty();
  }

  private static String sameAlternate(DimensionRecord record, Column alternate, String other) {
    return "The record of %s has the same %s as %s: %s."
        .formatted(
            described(record), alternate.name(), other, shown(record.value(alternate.name())));
  }

  private Optional<String> missing() throws SQLException {
    List<String> names =
        element.dependencies().filter(name -> !name.equals(element.name())).toList();
    for (String name : names) {
      DimensionElement dependency = scope.universe().element(name);
      Optional<String> found = dependency.hasTable() ? missing(dependency) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> missing(DimensionElement dependency) throws SQLException {
    Map<List<Object>, DimensionRecord> byReference = new LinkedHashMap<>();
    records.forEach(record -> byReference.put(stored(record, dependency.required()), record));
    List<String> columns = new ElementTable(dependency, session().dialect()).keyColumns();
    var there =
        KeyLookup.find(session(), dependency.name(), columns, byReference.keySet(), List.of());
    return byReference.entrySet().stream()
        .filter(entry -> !there.containsKey(entry.getKey()))
        .findFirst()
        .map(
            entry ->
                "The record of %s names %s %s, of which there is no record; insert that first."
                    .formatted(
                        described(entry.getValue()), dependency, shown(entry.getKey().getLast())));
  }

  private List<Object> key(DimensionRecord record) {
    List<Object> key = new ArrayList<>();
    record.values().subList(0, element.required().size()).forEach(v -> key.add(requireNonNull(v)));
    return key;
  }

  /// Values of a record as tables have them, empty if one is missing.
  private static List<Object> stored(DimensionRecord record, List<String> columns) {
    List<Object> values = new ArrayList<>();
    for (String column : columns) {
      Object value = record.value(column);
      if (value == null) {
        return List.of();
      }
      values.add(value instanceof byte[] bytes ? RecordColumns.base64(bytes) : value);
    }
    return values;
  }

  private Session session() {
    return scope.session();
  }
}
