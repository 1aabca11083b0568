package equerry.registry.lookup;

import equerry.api.dataset.DatasetType;
import equerry.api.dimension.Column;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.query.Expression;
import equerry.api.query.Literals;
import equerry.api.query.Predicate;
import equerry.api.query.Query;
import equerry.api.query.QueryTree;
import equerry.api.query.ResultRows;
import equerry.api.query.ResultSpec;
import equerry.registry.dimension.DataIdValues;
import equerry.registry.query.QueryViews;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Turns what users call a dataset by into the keys of dimensions.
///
/// Beside keys a data ID may hold `exposure.obs_id`, an alternate key in a dimension's place
/// (`detector="S11"`), and fields without their dimension (`seq_num`, `raft`). The rules, with
/// their preferences, are the stock package's. A data ID of keys alone costs nothing.
public final class DataIdRewriter {
  private static final String EXPOSURE = "exposure";
  private static final String VISIT = "visit";
  private final DimensionUniverse universe;
  private final QueryViews queries;

  public DataIdRewriter(DimensionUniverse universe, QueryViews queries) {
    this.universe = universe;
    this.queries = queries;
  }

  /// What is left to look up.
  ///
  /// @param keys values of dimensions
  /// @param byRecord values of fields, by dimension
  /// @param strays values of fields whose dimension is not known
  private record Parts(
      Map<String, Object> keys,
      Map<String, Map<String, Object>> byRecord,
      Map<String, Object> strays) {
    void constrain(String dimension, String field, Object value) {
      byRecord.computeIfAbsent(dimension, name -> new LinkedHashMap<>()).put(field, value);
    }
  }

  /// The data ID with keys only.
  ///
  /// @param type the dataset type that is looked up
  /// @param defaults governor values that queries of records may use
  /// @throws ButlerException.Invalid (dimension_value) for fields that are unknown, match no record,
  ///     several records, or contradict an explicit key
  public Map<String, Object> rewrite(DatasetType type, Map<String, Object> given, DataId defaults) {
    Parts parts = split(given);
    if (!parts.strays().isEmpty()) {
      assign(type, parts);
    }
    parts
        .byRecord()
        .forEach(
            (dimension, fields) -> {
              if (parts.keys().containsKey(dimension)) {
                compare(dimension, fields, parts.keys(), defaults);
              } else {
                parts.keys().put(dimension, key(dimension, fields, parts.keys(), defaults));
              }
            });
    return parts.keys();
  }

  private Parts split(Map<String, Object> given) {
    Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    given.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot >= 0) {
            parts.constrain(name.substring(0, dot), name.substring(dot + 1), value);
          } else if (!universe.hasDimension(name)) {
            parts.strays().put(name, value);
          } else {
            place(universe.dimension(name), value, parts);
          }
        });
    return parts;
  }

  /// Takes a value as the key, or, if it is of the type of an alternate key only, as that.
  private static void place(DimensionElement dimension, Object value, Parts parts) {
    if (!DataIdValues.fits(dimension.primaryKey().type(), value)) {
      for (Column alternate : dimension.alternateKeys()) {
        if (DataIdValues.fits(alternate.type(), value)) {
          parts.constrain(dimension.name(), alternate.name(), value);
          return;
        }
      }
    }
    parts.keys().put(dimension.name(), value);
  }

  /// Finds the dimensions whose records have the fields that no dimension was named for.
  ///
  /// Candidates are the dataset type's dimensions and, for calibrations, all that have times. Of
  /// several with a field, those of the type come first, then exposure before visit, then the one
  /// that most fields fit.
  private void assign(DatasetType type, Parts parts) {
    Set<String> candidates = new LinkedHashSet<>(type.dimensions().names());
    if (type.isCalibration()) {
      universe.elements().stream()
          .filter(element -> element.isDimension() && element.temporal().isPresent())
          .forEach(element -> candidates.add(element.name()));
    }
    Map<String, List<String>> owners = new LinkedHashMap<>();
    for (String field : parts.strays().keySet()) {
      owners.put(
          field,
          candidates.stream().filter(name -> hasField(universe.element(name), field)).toList());
    }
    Set<String> unknown = new TreeSet<>();
    owners.forEach(
        (field, names) -> {
          if (names.isEmpty()) {
            unknown.add("'" + field + "'");
          }
        });
    if (!unknown.isEmpty()) {
      throw invalid("Unrecognized keyword args given: {" + String.join(", ", unknown) + "}");
    }
    owners.forEach(
        (field, names) ->
            parts.constrain(
                choose(names, type, owners),
                field,
                Objects.requireNonNull(parts.strays().get(field))));
  }

  private static boolean hasField(DimensionElement element, String field) {
    return Stream.concat(element.metadata().stream(), keys(element))
        .anyMatch(column -> column.name().equals(field));
  }

  private static Stream<Column> keys(DimensionElement element) {
    return Stream.concat(Stream.of(element.primaryKey()), element.alternateKeys().stream());
  }

  private static String choose(
      List<String> names, DatasetType type, Map<String, List<String>> owners) {
    List<String> preferred = names.stream().filter(type.dimensions()::contains).toList();
    if (preferred.isEmpty()) {
      preferred = Set.copyOf(names).equals(Set.of(EXPOSURE, VISIT)) ? List.of(EXPOSURE) : names;
    }
    String best = preferred.getFirst();
    for (String name : preferred) {
      if (popularity(name, owners) > popularity(best, owners)) {
        best = name;
      }
    }
    return best;
  }

  private static long popularity(String name, Map<String, List<String>> owners) {
    return owners.values().stream().filter(names -> names.contains(name)).count();
  }

  /// Checks fields against the record of a key that was given as well.
  private void compare(
      String dimension, Map<String, Object> fields, Map<String, Object> keys, DataId defaults) {
    DimensionElement element = element(dimension);
    Map<String, Object> relevant = new LinkedHashMap<>(keys);
    relevant.keySet().retainAll(element.required());
    List<DimensionRecord> records = records(element, Map.of(), relevant, defaults);
    if (records.isEmpty()) {
      throw invalid(
          "Could not find dimension '%s' with dataId %s as part of comparing with record values %s"
              .formatted(dimension, relevant, fields));
    }
    List<String> faults = new ArrayList<>();
    fields.forEach(
        (field, value) -> {
          Object found = records.getFirst().value(column(element, field).name());
          if (!value.equals(found)) {
            faults.add(field + " (" + found + " != " + value + ")");
          }
        });
    if (records.size() == 1 && !faults.isEmpty()) {
      throw invalid(
          "Dimension %s in dataId has explicit value %s inconsistent with its record: %s"
              .formatted(dimension, keys.get(dimension), String.join(", ", faults)));
    }
  }

  /// The key of the one record with these fields.
  private Object key(
      String dimension, Map<String, Object> fields, Map<String, Object> keys, DataId defaults) {
    DimensionElement element = element(dimension);
    Map<String, Object> relevant = new LinkedHashMap<>(keys);
    relevant.keySet().retainAll(universe.group(element.required()).names());
    List<DimensionRecord> records = records(element, fields, relevant, defaults);
    if (records.size() > 1 && dimension.equals(VISIT)) {
      records = ofDefaultVisitSystem(records, defaults);
    }
    if (records.isEmpty()) {
      throw invalid(
          "DataId specification for dimension %s matched no records when constrained by %s"
              .formatted(dimension, fields));
    }
    if (records.size() > 1) {
      throw invalid(
          ("DataId specification for dimension %s is not uniquely constrained to a single dataset by"
                  + " %s. Got %d results.")
              .formatted(dimension, fields, records.size()));
    }
    return Objects.requireNonNull(records.getFirst().value(element.primaryKey().name()));
  }

  /// One exposure can belong to several visits; the instrument says which system's counts.
  private List<DimensionRecord> ofDefaultVisitSystem(
      List<DimensionRecord> visits, DataId defaults) {
    boolean known =
        universe.findElement("visit_system_membership").isPresent()
            && hasField(universe.element("instrument"), "visit_system");
    if (!known) {
      return visits;
    }
    Object instrument = Objects.requireNonNull(visits.getFirst().value("instrument"));
    DimensionElement instruments = universe.element("instrument");
    List<DimensionRecord> found =
        records(instruments, Map.of(), Map.of("instrument", instrument), defaults);
    Object system = found.isEmpty() ? null : found.getFirst().value("visit_system");
    if (system == null) {
      return visits;
    }
    for (DimensionRecord visit : visits) {
      Map<String, Object> membership =
          Map.of(
              "instrument",
              instrument,
              "visit_system",
              system,
              VISIT,
              Objects.requireNonNull(visit.value("id")));
      DimensionElement memberships = universe.element("visit_system_membership");
      if (!records(memberships, Map.of(), membership, defaults).isEmpty()) {
        return List.of(visit);
      }
    }
    return visits;
  }

  private DimensionElement element(String name) {
    if (!universe.hasDimension(name)) {
      throw invalid("No dimension with name '" + name + "'.");
    }
    return universe.dimension(name);
  }

  private static Column column(DimensionElement element, String field) {
    return element.recordColumns().stream()
        .filter(column -> column.name().equals(field))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "Dimension '" + element + "' has no field '" + field + "' in its records."));
  }

  /// The records with these fields and keys; more than two are never needed.
  private List<DimensionRecord> records(
      DimensionElement element,
      Map<String, Object> fields,
      Map<String, Object> keys,
      DataId defaults) {
    List<Predicate> terms = new ArrayList<>();
    fields.forEach((field, value) -> terms.add(equal(reference(element, field), value)));
    keys.forEach(
        (name, value) ->
            terms.add(equal(new Expression.DimensionKey(universe.dimension(name)), value)));
    var dimensions = universe.group(element.required());
    Query query =
        new Query(QueryTree.of(dimensions, new Predicate.And(terms)), defaults, List.of());
    ResultSpec spec = new ResultSpec.Records(element, dimensions, ResultSpec.Options.NONE);
    List<DimensionRecord> records = new ArrayList<>();
    try (ResultRows rows = queries.execute(query, spec)) {
      rows.forEach(row -> records.add((DimensionRecord) row[0]));
    }
    return records;
  }

  private Expression reference(DimensionElement element, String field) {
    if (element.primaryKey().name().equals(field)) {
      return new Expression.DimensionKey(element);
    }
    if (universe.hasDimension(field) && element.dependencies().anyMatch(field::equals)) {
      return new Expression.DimensionKey(universe.dimension(field));
    }
    return new Expression.DimensionField(element, column(element, field));
  }

  private static Predicate equal(Expression column, Object value) {
    return new Predicate.Comparison(column, Predicate.Operator.EQUAL, Literals.of(value));
  }

  private static ButlerException invalid(String message) {
    return new ButlerException.Invalid(ErrorCode.DIMENSION_VALUE, message);
  }
}
