package equerry.registry.obscore;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.registry.db.Row;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.Tuples;
import equerry.sphere.Region;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The regions of exposures. An exposure has none of its own; it covers what the visits cover that
/// it is part of, of which the first counts.
final class ExposureRegions {
  private static final String DEFINITION = "visit_definition";
  private static final String DETECTOR_REGION = "visit_detector_region";
  private static final String VISIT = "visit";
  private static final String DETECTOR = "detector";

  private final DimensionUniverse universe;

  ExposureRegions(DimensionUniverse universe) {
    this.universe = universe;
  }

  /// The region of an exposure as one detector saw it.
  record Covered(String instrument, long exposure, long detector, Region region) {}

  /// The regions of the exposures that datasets are of, by data ID; those without one are left out.
  Map<DataId, Region> find(Session session, Collection<DatasetRef> refs) throws SQLException {
    Map<List<Object>, List<DataId>> whole = new HashMap<>();
    Map<List<Object>, List<DataId>> parts = new HashMap<>();
    for (DatasetRef ref : refs) {
      if (RowFactory.isOfExposure(ref)) {
        boolean isPart = ref.dataId().group().contains(DETECTOR);
        (isPart ? parts : whole)
            .computeIfAbsent(key(ref.dataId(), isPart), key -> new ArrayList<>())
            .add(ref.dataId());
      }
    }
    Map<DataId, Region> found = new HashMap<>();
    if (has(DEFINITION) && has(VISIT)) {
      read(session, List.of("d.instrument", "d.exposure"), VISIT, whole, found);
    }
    if (has(DEFINITION) && has(DETECTOR_REGION)) {
      List<String> columns = List.of("d.instrument", "d.exposure", "r.detector");
      read(session, columns, DETECTOR_REGION, parts, found);
    }
    return found;
  }

  private boolean has(String element) {
    return universe.findElement(element).isPresent();
  }

  private static List<Object> key(DataId dataId, boolean withDetector) {
    List<Object> key = new ArrayList<>();
    key.add(dataId.find("instrument").orElseThrow());
    key.add(dataId.find("exposure").orElseThrow());
    if (withDetector) {
      key.add(dataId.find(DETECTOR).orElseThrow());
    }
    return key;
  }

  private static void read(
      Session session,
      List<String> columns,
      String table,
      Map<List<Object>, List<DataId>> asked,
      Map<DataId, Region> found)
      throws SQLException {
    List<List<Object>> keys = new ArrayList<>(asked.keySet());
    Set<List<Object>> seen = new LinkedHashSet<>();
    for (int start = 0; start < keys.size(); start += Tuples.BATCH) {
      Sql among =
          Tuples.among(columns, keys.subList(start, Math.min(start + Tuples.BATCH, keys.size())));
      session.list(
          statement(columns, table, among),
          row -> {
            List<Object> key = new ArrayList<>(List.of(row.text(1), row.integer(2)));
            if (columns.size() > 2) {
              key.add(row.integer(3));
            }
            Region region = region(row, columns.size() + 1);
            if (seen.add(key) && region != null) {
              Objects.requireNonNull(asked.get(key)).forEach(dataId -> found.put(dataId, region));
            }
            return key;
          });
    }
  }

  private static Sql statement(List<String> columns, String table, Sql condition) {
    String visit = table.equals(VISIT) ? "id" : VISIT;
    return new Sql(
        """
        SELECT %1$s, r.region FROM visit_definition d
        JOIN %2$s r ON r.instrument = d.instrument AND r.%3$s = d.visit
        WHERE %4$s ORDER BY %1$s, d.visit"""
            .formatted(String.join(", ", columns), table, visit, condition.text()),
        condition.parameters());
  }

  /// The regions of exposures by detector that come with records of visits.
  ///
  /// @param records of one element; only those that tie visits to exposures or to regions matter
  /// @return in the order of visits
  List<Covered> of(Session session, Collection<DimensionRecord> records) throws SQLException {
    Optional<DimensionRecord> first = records.stream().findFirst();
    boolean matters =
        first
            .map(record -> record.element().name())
            .filter(name -> name.equals(DEFINITION) || name.equals(DETECTOR_REGION))
            .isPresent();
    List<Covered> covered = new ArrayList<>();
    if (!matters || !has(DEFINITION) || !has(DETECTOR_REGION)) {
      return covered;
    }
    boolean isDefinition = first.orElseThrow().element().name().equals(DEFINITION);
    List<String> columns =
        isDefinition
            ? List.of("d.instrument", "d.visit", "d.exposure")
            : List.of("d.instrument", "d.visit", "r.detector");
    List<List<Object>> keys = new ArrayList<>();
    for (DimensionRecord record : records) {
      keys.add(key(record, isDefinition ? "exposure" : DETECTOR));
    }
    for (int start = 0; start < keys.size(); start += Tuples.BATCH) {
      Sql among =
          Tuples.among(columns, keys.subList(start, Math.min(start + Tuples.BATCH, keys.size())));
      List<String> selected = List.of("d.instrument", "d.exposure", "r.detector");
      session.list(
          statement(selected, DETECTOR_REGION, among),
          row -> {
            Region region = region(row, 4);
            if (region != null) {
              covered.add(new Covered(row.text(1), row.integer(2), row.integer(3), region));
            }
            return covered;
          });
    }
    return covered;
  }

  private static List<Object> key(DimensionRecord record, String last) {
    List<Object> key = new ArrayList<>();
    for (String name : List.of("instrument", VISIT, last)) {
      key.add(Objects.requireNonNull(record.value(name)));
    }
    return key;
  }

  private static @Nullable Region region(Row row, int column) throws SQLException {
    String text = row.textOrNull(column);
    return text == null ? null : Region.decode(Base64.getDecoder().decode(text));
  }
}
