package equerry.registry.obscore;

import equerry.api.dataset.DatasetRef;
import equerry.api.dimension.DataId;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.DimensionUniverse;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.fault.Milestone;
import equerry.registry.db.Dialect.ListElement;
import equerry.registry.db.Session;
import equerry.registry.db.Sql;
import equerry.registry.db.WriteSession;
import equerry.registry.obscore.ExposureRegions.Covered;
import equerry.registry.obscore.ObsCoreConfig.Membership;
import equerry.registry.schema.Attributes;
import equerry.registry.schema.ColumnDefinition;
import equerry.registry.schema.RecordColumns;
import equerry.sphere.Region;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// The ObsCore table of a repository that has one. Immutable.
///
/// Rows are added and changed here; they go when their dataset goes, by the table's own key.
public final class ObsCoreTable {
  /// The column of the dataset of a row, which the row goes with.
  public static final String DATASET = "registry_dataset_id";

  private static final String KNOWN_NAMESPACE = "daf_butler";

  private final ObsCoreConfig config;
  private final String name;
  private final List<ColumnDefinition> columns;
  private final List<Pattern> runs;
  private final RowFactory factory;
  private final ExposureRegions regions;

  private ObsCoreTable(ObsCoreConfig config, DimensionUniverse universe) {
    this.config = config;
    this.name = RecordColumns.quote(config.tableName());
    this.columns = ObsCoreColumns.of(config);
    List<String> patterns = config.collections() == null ? List.of() : config.collections();
    this.runs =
        config.membership() == Membership.RUN
            ? patterns.stream().map(PythonPattern::compile).toList()
            : List.of();
    this.factory = new RowFactory(config);
    this.regions = new ExposureRegions(universe);
  }

  /// The table of a configuration.
  ///
  /// @throws ButlerException.Invalid (unsupported_repository) for dimensions that no rule is known
  ///     for
  public static ObsCoreTable of(ObsCoreConfig config, DimensionUniverse universe) {
    String namespace = universe.config().namespace();
    if (!namespace.equals(KNOWN_NAMESPACE)) {
      throw new ButlerException.Invalid(
          ErrorCode.UNSUPPORTED_REPOSITORY,
          "ObsCore rows are made by rules for the dimensions of the namespace '%s'; those for '%s'"
                  .formatted(KNOWN_NAMESPACE, namespace)
              + " are known to a plugin of the stock package only. The repository can be read; a"
              + " table that nobody keeps would be wrong, so it cannot be written to.");
    }
    return new ObsCoreTable(config, universe);
  }

  /// The table of a repository, if it has one.
  ///
  /// @throws ButlerException.Invalid (configuration, unsupported_repository) for one that cannot be
  ///     kept
  public static Optional<ObsCoreTable> find(Attributes attributes, DimensionUniverse universe) {
    return attributes.hasObscore()
        ? attributes
            .find(ObsCoreConfig.ATTRIBUTE)
            .map(json -> of(ObsCoreConfig.ofStored(json), universe))
        : Optional.empty();
  }

  /// Makes the table of a configuration.
  ///
  /// @throws ButlerException.Invalid (configuration) when the database lacks what it needs,
  ///     (unsupported_repository) for dimensions that no rule is known for
  public static void make(WriteSession session, ObsCoreConfig config, DimensionUniverse universe)
      throws SQLException {
    if (usesPgSphere(of(config, universe).columns) && !lookIntoPgSphere(session)) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The ObsCore configuration asks for columns of pgSphere, which the database does not have:"
              + " it must be PostgreSQL, and somebody who may has to run 'CREATE EXTENSION"
              + " pg_sphere;' in it. Nothing was changed.");
    }
    for (String statement : config.table().statements(session.dialect())) {
      session.define(statement);
    }
    Milestone.OBSCORE_TABLE_MADE.passed();
  }

  /// Lets the rest of the transaction find the types of pgSphere, which lie in the schema that the
  /// extension was made in, not in that of the tables.
  ///
  /// @return whether the database has them
  private static boolean lookIntoPgSphere(WriteSession session) throws SQLException {
    String text =
        "SELECT CASE WHEN n.nspname = ANY(current_schemas(true)) THEN n.nspname ELSE"
            + " set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''),"
            + " quote_ident(n.nspname)), true) END"
            + " FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
            + " WHERE e.extname = 'pg_sphere'";
    return session.dialect().jooq() == SQLDialect.POSTGRES
        && session.first(Sql.of(text), row -> row.text(1)).isPresent();
  }

  /// Its name as SQL has it.
  public String name() {
    return name;
  }

  /// The dataset types that have rows.
  public Set<String> datasetTypes() {
    return config.datasetTypes().keySet();
  }

  /// The TAGGED collection whose datasets have rows; empty when it is runs that count.
  public Optional<String> taggedCollection() {
    List<String> collections = config.collections();
    return config.membership() == Membership.TAGGED && collections != null
        ? Optional.of(collections.getFirst())
        : Optional.empty();
  }

  /// Whether the datasets of a run have rows.
  public boolean takesRun(String run) {
    return config.membership() == Membership.RUN
        && (runs.isEmpty() || runs.stream().anyMatch(pattern -> pattern.matcher(run).matches()));
  }

  /// Adds rows, but for datasets that have one.
  ///
  /// @param refs datasets of [#datasetTypes], with full data IDs and their records
  /// @throws ButlerException.Invalid (configuration) when a format does not suit a dataset
  public void add(WriteSession session, Collection<DatasetRef> refs) throws SQLException {
    if (refs.isEmpty()) {
      return;
    }
    Map<DataId, Region> found = regions.find(session, refs);
    List<List<@Nullable Object>> rows = new ArrayList<>(refs.size());
    for (DatasetRef ref : refs) {
      Map<String, @Nullable Object> row = factory.row(ref, found.get(ref.dataId()));
      List<@Nullable Object> values = new ArrayList<>(columns.size());
      columns.forEach(column -> values.add(row.get(column.name())));
      rows.add(values);
    }
    List<String> names =
        columns.stream().map(column -> RecordColumns.quote(column.name())).toList();
    List<String> places = places(session, columns);
    session.batch(
        "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO NOTHING"
            .formatted(name, String.join(", ", names), String.join(", ", places), DATASET),
        rows);
    Milestone.OBSCORE_ROWS_ADDED.passed();
  }

  /// A parameter for the value of each column.
  private static List<String> places(WriteSession session, List<ColumnDefinition> columns)
      throws SQLException {
    if (usesPgSphere(columns)) {
      lookIntoPgSphere(session);
    }
    return columns.stream()
        .map(column -> isOfPgSphere(column) ? "CAST(? AS " + column.type().postgres() + ")" : "?")
        .toList();
  }

  private static boolean usesPgSphere(List<ColumnDefinition> columns) {
    return columns.stream().anyMatch(ObsCoreTable::isOfPgSphere);
  }

  private static boolean isOfPgSphere(ColumnDefinition column) {
    return column.type().equals(SpatialColumns.PgSphere.POINT)
        || column.type().equals(SpatialColumns.PgSphere.POLYGON);
  }

  /// Removes the rows of datasets.
  public void remove(WriteSession session, Collection<UUID> datasets) throws SQLException {
    String condition = session.dialect().inList(DATASET, ListElement.UUID);
    session.execute(Sql.of("DELETE FROM " + name + " WHERE " + condition, List.copyOf(datasets)));
  }

  /// Tells where exposures lie, after visits that they are part of were defined.
  ///
  /// As in the stock package this needs columns of integers that are filled with `{exposure}` and `{detector}`,
  /// and concerns datasets of one detector.
  ///
  /// @param records the records that were written, all of one element
  public void place(WriteSession session, Collection<DimensionRecord> records) throws SQLException {
    Optional<String> exposure = ObsCoreColumns.ofDimension(config, "exposure");
    Optional<String> detector = ObsCoreColumns.ofDimension(config, "detector");
    if (exposure.isEmpty() || detector.isEmpty()) {
      return;
    }
    Map<List<Object>, Map<String, Object>> places = new LinkedHashMap<>();
    for (Covered covered : regions.of(session, records)) {
      String whose = "exposure " + covered.exposure() + ", detector " + covered.detector();
      Map<String, Object> values = factory.spatialValues(covered.region(), whose);
      if (!values.isEmpty()) {
        List<Object> key = List.of(covered.instrument(), covered.exposure(), covered.detector());
        places.put(key, values);
      }
    }
    if (!places.isEmpty()) {
      update(session, List.of("instrument_name", exposure.get(), detector.get()), places);
    }
  }

  private void update(
      WriteSession session, List<String> keys, Map<List<Object>, Map<String, Object>> places)
      throws SQLException {
    List<ColumnDefinition> changed =
        columns.stream()
            .filter(column -> places.values().iterator().next().containsKey(column.name()))
            .toList();
    List<String> values = places(session, changed);
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      settings.add(RecordColumns.quote(changed.get(i).name()) + " = " + values.get(i));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Located row : located(session, keys, places.keySet())) {
      Map<String, Object> place = places.get(row.key());
      if (place != null) {
        List<@Nullable Object> changes = new ArrayList<>();
        changed.forEach(column -> changes.add(place.get(column.name())));
        changes.add(row.dataset());
        rows.add(changes);
      }
    }
    session.batch(
        "UPDATE %s SET %s WHERE %s = ?".formatted(name, String.join(", ", settings), DATASET),
        rows);
    Milestone.OBSCORE_REGIONS_UPDATED.passed();
  }

  /// A row by what it is of.
  private record Located(UUID dataset, List<Object> key) {}

  /// The rows of exposures, found by one look at the table: nothing says that it has an index.
  private List<Located> located(Session session, List<String> keys, Collection<List<Object>> asked)
      throws SQLException {
    List<String> names = keys.stream().map(RecordColumns::quote).toList();
    Set<Object> exposures = new HashSet<>();
    asked.forEach(key -> exposures.add(key.get(1)));
    Sql sql =
        Sql.of(
            "SELECT %s, %s FROM %s WHERE %s AND %s IS NOT NULL AND %s IS NOT NULL"
                .formatted(
                    DATASET,
                    String.join(", ", names),
                    name,
                    session.dialect().inList(names.get(1), ListElement.INTEGER),
                    names.getFirst(),
                    names.getLast()),
            List.copyOf(exposures));
    return session.list(
        sql, row -> new Located(row.uuid(1), List.of(row.text(2), row.integer(3), row.integer(4))));
  }
}
